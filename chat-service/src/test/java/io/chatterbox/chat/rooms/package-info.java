/// Tests of rooms.
@NullMarked
package io.chatterbox.chat.rooms;

import org.jspecify.annotations.NullMarked;
