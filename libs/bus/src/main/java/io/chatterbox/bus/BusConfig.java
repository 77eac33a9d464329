package io.chatterbox.bus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of the bus.
@ConfigMapping(prefix = "chatterbox.bus")
public interface BusConfig {

  /// Entries that a command stream holds at most; above it commands are refused.
  @WithDefault("10000")
  int streamCap();

  /// Commands that the writer loop takes at once.
  @WithDefault("512")
  int batch();

  /// Between the end of a batch and the beginning of the next. A command that comes alone does not
  /// wait; where many come, they share what a batch costs, and all that follows from it.
  @WithDefault("2ms")
  Duration batchPause();

  /// How long the next batch is put off at the most, counted from the beginning of the one before:
  /// so long after 180 commands, and less with the square root of their number, so in proportion to
  /// the load. A batch costs every process something, whatever is in it: under load there are fewer
  /// and larger ones. 0 leaves only `batch-pause`.
  @WithDefault("24ms")
  Duration batchPeriod();

  /// Commands that only ask, running at a time in one replica.
  @WithDefault("64")
  int asksRunning();

  /// Commands that only ask, waiting for their turn in one replica; above it they are refused.
  @WithDefault("2048")
  int asksWaiting();

  /// Commands of one process that wait for a reply; above it commands are refused.
  @WithDefault("20000")
  int pendingReplies();

  /// Bytes of the bodies of such commands; above it commands are refused.
  @WithDefault("67108864")
  long pendingBytes();

  /// After this much silence a command's entry is looked for, and appended again if it is gone.
  @WithDefault("2s")
  Duration silence();

  /// After this much silence a command is answered `UNAVAILABLE`, and an entry of that age is not
  /// begun any more.
  @WithDefault("10s")
  Duration giveUp();

  /// How long a replica stays the owner of a partition without renewing.
  @WithDefault("3s")
  Duration lease();

  /// How often leases are renewed and beats are sent.
  @WithDefault("1s")
  Duration renewal();

  /// How long Redis may take for one request before the connection counts as lost.
  @WithDefault("2s")
  Duration requestTimeout();

  /// Commands given up after three tries that are kept for each partition.
  @WithDefault("1000")
  int deadLetters();
}
