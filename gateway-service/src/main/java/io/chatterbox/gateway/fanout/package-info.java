/// What services publish on its way to sockets: one feed for each key that somebody here hears, in
/// order and without holes, encoded once, given to those whom it is for.
///
/// All state lives on the [io.chatterbox.gateway.fanout.Hub]'s one thread. Must not know commands
/// of clients, tokens, or HTTP.
@NullMarked
package io.chatterbox.gateway.fanout;

import org.jspecify.annotations.NullMarked;
