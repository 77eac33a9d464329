/// Who is typing where. No service takes part: the gateway of the socket publishes it, and every
/// gateway that hears it ends it by its own clock.
@NullMarked
package io.chatterbox.gateway.typing;

import org.jspecify.annotations.NullMarked;
