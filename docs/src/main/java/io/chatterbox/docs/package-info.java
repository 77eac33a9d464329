/// Makes the documents that client authors read, from the records and resources of all services. It
/// reads them by reflection, and their comments from the sources; it knows none of them by name.
@NullMarked
package io.chatterbox.docs;

import org.jspecify.annotations.NullMarked;
