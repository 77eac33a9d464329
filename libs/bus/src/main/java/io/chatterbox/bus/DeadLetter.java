package io.chatterbox.bus;

import io.chatterbox.contract.Service;
import java.time.Instant;

/// A command that was given up, without what it says.
///
/// @param id its place among the partition's dead letters
/// @param at when it was given up
/// @param key whom or what it is about, such as `conversation:…`
/// @param userId who sent it
/// @param commandId the id by which a repeat is recognised
/// @param bytes the size of its body
public record DeadLetter(
    Service service,
    int partition,
    String id,
    Instant at,
    String event,
    String key,
    String userId,
    String username,
    String commandId,
    long tries,
    String reason,
    int bytes) {}
