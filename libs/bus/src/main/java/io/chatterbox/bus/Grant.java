package io.chatterbox.bus;

import io.chatterbox.contract.Partition;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/// What came of asking for a partition's lease.
///
/// @param timeMillis the clock of the partition's master
/// @param askedAt `System.nanoTime` when it was asked
/// @param until `System.nanoTime` until which a lease lasts at least
record Grant(State state, long timeMillis, long askedAt, long until) {
  private static final Script LEASE = Script.load("lease");

  /// As the script says it, in this order.
  enum State {
    /// Or nobody's, when it was not to be taken.
    ANOTHERS,
    RENEWED,
    TAKEN
  }

  /// Renews the lease.
  ///
  /// @param take whether to take it when nobody has it
  static Future<Grant> ask(
      Router redis, Partition partition, String replica, Duration length, boolean take) {
    long askedAt = System.nanoTime();
    return LEASE
        .run(redis, List.of(partition.owner()), List.of(replica, length.toMillis(), take ? 1 : 0))
        .map(answer ->
            new Grant(
                State.values()[answer.get(0).toInteger()],
                millis(answer),
                askedAt,
                askedAt + length.toNanos()));
  }

  boolean isAnothers() {
    return state == State.ANOTHERS;
  }

  boolean isTaken() {
    return state == State.TAKEN;
  }

  private static long millis(Response answer) {
    return answer.get(1).toLong() * 1_000 + answer.get(2).toLong() / 1_000;
  }
}
