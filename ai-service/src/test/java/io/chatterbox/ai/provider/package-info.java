/// Tests of the provider's stream.
@NullMarked
package io.chatterbox.ai.provider;

import org.jspecify.annotations.NullMarked;
