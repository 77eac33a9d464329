/// What may be asked and answered. Must not know how a run works, nor who talks.
@NullMarked
package io.chatterbox.ai.moderation;

import org.jspecify.annotations.NullMarked;
