/// What a model is shown: as much of one conversation as fits, in a form in which no person's words
/// can pass for anything else. Must not know runs or the provider's connection.
@NullMarked
package io.chatterbox.ai.prompt;

import org.jspecify.annotations.NullMarked;
