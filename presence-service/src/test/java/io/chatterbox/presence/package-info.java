/// presence-service with a real Redis and MongoDB.
@NullMarked
package io.chatterbox.presence;

import org.jspecify.annotations.NullMarked;
