/// A gateway with a real Redis; auth-service is played by the tests.
@NullMarked
package io.chatterbox.gateway.ops;

import org.jspecify.annotations.NullMarked;
