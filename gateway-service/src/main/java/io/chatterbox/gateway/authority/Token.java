package io.chatterbox.gateway.authority;

import java.time.Instant;

/// What a good access token says.
///
/// @param sessionId the signed-in device
/// @param expiresAt the token's `exp`
public record Token(String userId, String username, String sessionId, Instant expiresAt) {}
