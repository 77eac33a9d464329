/// Tests of prompts.
@NullMarked
package io.chatterbox.ai.prompt;

import org.jspecify.annotations.NullMarked;
