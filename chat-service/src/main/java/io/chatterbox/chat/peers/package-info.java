/// How other services are asked over HTTP: several addresses, short patience, and a clear failure.
/// Must not know what is asked.
@NullMarked
package io.chatterbox.chat.peers;

import org.jspecify.annotations.NullMarked;
