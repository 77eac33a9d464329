/// Tests of messages.
@NullMarked
package io.chatterbox.chat.messages;

import org.jspecify.annotations.NullMarked;
