/// What ai-service asks of chat-service over the bus. Must not know runs or providers.
@NullMarked
package io.chatterbox.ai.chat;

import org.jspecify.annotations.NullMarked;
