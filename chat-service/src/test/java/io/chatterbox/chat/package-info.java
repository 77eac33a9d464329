/// Tests of chat-service.
@NullMarked
package io.chatterbox.chat;

import org.jspecify.annotations.NullMarked;
