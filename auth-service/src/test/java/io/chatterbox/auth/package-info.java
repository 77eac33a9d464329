/// auth-service over HTTP, with a real Redis and MongoDB.
@NullMarked
package io.chatterbox.auth;

import org.jspecify.annotations.NullMarked;
