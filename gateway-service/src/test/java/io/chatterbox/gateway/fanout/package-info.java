/// Tests.
@NullMarked
package io.chatterbox.gateway.fanout;

import org.jspecify.annotations.NullMarked;
