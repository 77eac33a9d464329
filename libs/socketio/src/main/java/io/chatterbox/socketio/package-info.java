/// Socket.IO protocol, revision 5: namespaces, events, acknowledgements, binary attachments, rooms
/// and broadcasts on top of Engine.IO sessions. Bodies stay raw JSON bytes: they are checked by a
/// scanner, never parsed to objects.
///
/// Must not know: Vert.x, Netty, HTTP, or any application.
@NullMarked
package io.chatterbox.socketio;

import org.jspecify.annotations.NullMarked;
