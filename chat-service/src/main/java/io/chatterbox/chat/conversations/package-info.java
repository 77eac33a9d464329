/// Conversations: who takes part, what a participant sees of them, and how far he has read. Must
/// not know how messages are written.
@NullMarked
package io.chatterbox.chat.conversations;

import org.jspecify.annotations.NullMarked;
