package io.chatterbox.chat.limits;

/// How much of what a user wants to send he may send now.
///
/// @param allowed so many, the first ones
/// @param retryAfterMs when the next one could be; 0 when all are allowed
public record Grant(int allowed, long retryAfterMs) {}
