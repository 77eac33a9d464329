package io.chatterbox.chat.log;

import io.chatterbox.bus.Requests;
import io.chatterbox.bus.SharedBuckets;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.limits.SendingLimits;
import jakarta.inject.Singleton;

/// Writers with a memory of their own, as on other replicas.
@Singleton
public class Writers {
  private final Intake intake;
  private final Kinds kinds;
  private final Entries entries;
  private final States states;
  private final Requests redis;
  private final ChatConfig config;

  Writers(
      Intake intake,
      Kinds kinds,
      Entries entries,
      States states,
      Requests redis,
      ChatConfig config) {
    this.intake = intake;
    this.kinds = kinds;
    this.entries = entries;
    this.states = states;
    this.redis = redis;
    this.config = config;
  }

  /// One that nobody is too fast for.
  public Writer another() {
    return another(new SendingLimits(new SharedBuckets(redis), config, () -> false));
  }

  /// One that nobody is too fast for, and that stores what follows from entries so.
  Writer another(States others) {
    SendingLimits none = new SendingLimits(new SharedBuckets(redis), config, () -> false);
    return new Writer(
        intake, kinds, entries, others, new Admission(none, entries), new Heads(config));
  }

  /// One that keeps to these limits.
  Writer another(SendingLimits limits) {
    return new Writer(
        intake, kinds, entries, states, new Admission(limits, entries), new Heads(config));
  }
}
