/// Tests of moderation.
@NullMarked
package io.chatterbox.ai.moderation;

import org.jspecify.annotations.NullMarked;
