/// Load generator for Socket.IO servers that know `join-room` and `send-room-message`, and the
/// measuring of several such servers side by side on one machine.
///
/// Must not know: the library that is measured, other than by its port.
@NullMarked
package io.chatterbox.bench;

import org.jspecify.annotations.NullMarked;
