/// Rooms: open to everybody who is signed in. Who is inside is presence-service's knowledge. Must
/// not know how messages are written.
@NullMarked
package io.chatterbox.chat.rooms;

import org.jspecify.annotations.NullMarked;
