package io.chatterbox.contract;

import io.chatterbox.contract.documented.Shape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A user's presence as asked for.
///
/// @param status `online`, `away`, `busy` or `offline`
/// @param lastSeen when he last went offline; `null` when never seen
public record Presence(
    String userId,
    @Shape(
            name = "Status",
            oneOf = {"online", "away", "busy", "offline"})
        String status,
    @Nullable Instant lastSeen) {}
