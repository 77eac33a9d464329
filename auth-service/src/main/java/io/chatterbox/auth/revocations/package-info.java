/// The list of access tokens that are not good any more: kept in MongoDB, told to the gateways
/// through Redis, and restored there after a loss.
@NullMarked
package io.chatterbox.auth.revocations;

import org.jspecify.annotations.NullMarked;
