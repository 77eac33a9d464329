package io.chatterbox.contract;

/// Tokens of one assistant run, as the provider counted them.
public record AiUsage(int promptTokens, int completionTokens, int totalTokens) {}
