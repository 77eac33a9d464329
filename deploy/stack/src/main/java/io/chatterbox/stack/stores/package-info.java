/// Which Redis and MongoDB are used on one machine, and how they are started: those named in the
/// environment, else those on the PATH, else embedded ones. Knows nothing of ChatterBox's services.
@NullMarked
package io.chatterbox.stack.stores;

import org.jspecify.annotations.NullMarked;
