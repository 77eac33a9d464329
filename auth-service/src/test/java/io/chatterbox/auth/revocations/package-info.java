/// auth-service over HTTP, with a real Redis and MongoDB.
@NullMarked
package io.chatterbox.auth.revocations;

import org.jspecify.annotations.NullMarked;
