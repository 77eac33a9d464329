package io.chatterbox.auth.sessions;

/// What signing in hands out.
///
/// @param accessToken a JWT
/// @param refreshToken opaque; good once
public record Pair(String accessToken, String refreshToken) {}
