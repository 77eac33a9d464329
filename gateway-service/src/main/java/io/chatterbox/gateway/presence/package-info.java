/// What presence-service is told of this gateway's sockets, and what these are told of others: by
/// subscription to the people that somebody here shares a conversation or a room with, never to
/// everybody.
///
/// All state lives on the hub's one thread, but for signs of life. Must not know tokens, routing or
/// HTTP.
@NullMarked
package io.chatterbox.gateway.presence;

import org.jspecify.annotations.NullMarked;
