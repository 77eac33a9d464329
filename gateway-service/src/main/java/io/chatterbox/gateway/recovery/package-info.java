/// Gives a client that comes back its session: finds it here or at the gateway where it was, checks
/// whose it is, and has gathered what was missed, before the client is told that it is back.
///
/// Must not know what commands say, or HTTP.
@NullMarked
package io.chatterbox.gateway.recovery;

import org.jspecify.annotations.NullMarked;
