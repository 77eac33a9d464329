/// What the assistant leaves in a conversation: questions, answers, and the ends of runs. Must not
/// know how a run works.
@NullMarked
package io.chatterbox.chat.assistant;

import org.jspecify.annotations.NullMarked;
