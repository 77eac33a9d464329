/// Tests.
@NullMarked
package io.chatterbox.gateway.routing;

import org.jspecify.annotations.NullMarked;
