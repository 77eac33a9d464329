/// The transports: HTTP long-polling and WebSocket on Vert.x and Netty, and the server that an
/// application mounts.
///
/// Must not know: Quarkus, Redis, MongoDB, or what the events mean.
@NullMarked
package io.chatterbox.socketio.vertx;

import org.jspecify.annotations.NullMarked;
