/// The operator's page: a feed of what all processes say about themselves, and what an operator may
/// do about dead letters and sockets, on whichever gateway they are.
///
/// May look at sockets and cut them, and must not know how they are served.
@NullMarked
package io.chatterbox.gateway.ops;

import org.jspecify.annotations.NullMarked;
