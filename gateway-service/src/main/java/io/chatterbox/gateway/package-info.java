/// The gateway's settings. Must not know the packages below it.
@NullMarked
package io.chatterbox.gateway;

import org.jspecify.annotations.NullMarked;
