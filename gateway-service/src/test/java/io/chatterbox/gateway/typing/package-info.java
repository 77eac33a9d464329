/// Tests.
@NullMarked
package io.chatterbox.gateway.typing;

import org.jspecify.annotations.NullMarked;
