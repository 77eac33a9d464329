/// Tests of assistant.
@NullMarked
package io.chatterbox.chat.assistant;

import org.jspecify.annotations.NullMarked;
