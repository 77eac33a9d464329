/// `/ws`: the events of the gateway for clients without a Socket.IO library, as JSON text over a
/// plain WebSocket.
///
/// Only the way in and out of the wire. Knows no event, and nothing of what is done with them: its
/// connections are sockets of the Socket.IO server like all others.
@NullMarked
package io.chatterbox.gateway.plain;

import org.jspecify.annotations.NullMarked;
