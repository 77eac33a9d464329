/// Socket.IO clients come in here: one object for each socket that hands its events to authority,
/// typing and routing, and the server they connect to.
///
/// Must not know Redis, nor what services do.
@NullMarked
package io.chatterbox.gateway.sockets;

import org.jspecify.annotations.NullMarked;
