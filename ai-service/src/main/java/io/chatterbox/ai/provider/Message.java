package io.chatterbox.ai.provider;

/// One message of the prompt.
///
/// @param role `system`, `user` or `assistant`
public record Message(String role, String content) {}
