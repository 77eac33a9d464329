/// Engine.IO protocol, revision 4 (and 3): packets, payloads, heartbeat, upgrade, close and the
/// bounded outbound queue of one session, as plain state machines over `byte[]`.
///
/// Must not know: Socket.IO, Vert.x, Netty, sockets, clocks of its own, or logging. Time and
/// threads come from a [Loop], bytes go out through a [Transport].
@NullMarked
package io.chatterbox.engineio;

import org.jspecify.annotations.NullMarked;
