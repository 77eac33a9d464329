/// Tests of the assistant against a provider that misbehaves on demand.
@NullMarked
package io.chatterbox.ai;

import org.jspecify.annotations.NullMarked;
