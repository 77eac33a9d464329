package io.chatterbox.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A user's presence as asked for.
///
/// @param status `online`, `away`, `busy` or `offline`
/// @param lastSeen when he last went offline; `null` when never seen
public record Presence(String userId, String status, @Nullable Instant lastSeen) {}
