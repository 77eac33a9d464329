/// What the documents for client authors cannot read from a record or a resource itself. Marks
/// only: nothing here does anything at run time.
@NullMarked
package io.chatterbox.contract.documented;

import org.jspecify.annotations.NullMarked;
