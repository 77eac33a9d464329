@NullMarked
package io.chatterbox.gateway.presence;

import org.jspecify.annotations.NullMarked;
