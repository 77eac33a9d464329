/// Sending: `send-message` and `send-room-message`, and what their entries do. Must not know how a
/// log is kept.
@NullMarked
package io.chatterbox.chat.messages;

import org.jspecify.annotations.NullMarked;
