/// Tests.
@NullMarked
package io.chatterbox.gateway.raw;

import org.jspecify.annotations.NullMarked;
