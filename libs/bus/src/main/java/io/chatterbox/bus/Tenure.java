package io.chatterbox.bus;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The time from taking a partition until it is given up or lost. Safe for all threads.
final class Tenure {

  /// Whether something of the partition may be begun.
  enum Start {
    YES,
    /// The lease may have run out: it has to be renewed first.
    LATER,
    /// The partition is another's.
    NEVER
  }

  /// The entries of a batch that another owner had begun: what of it is still there may have killed
  /// it.
  record Suspects(StreamId first, StreamId last) {
    boolean has(StreamId id) {
      return first.compareTo(id) <= 0 && id.compareTo(last) <= 0;
    }
  }

  private final Partition partition;
  private final @Nullable Suspects suspects;
  private final Set<StreamId> held = ConcurrentHashMap.newKeySet();
  private final Changes changes = new Changes();
  private final RedisClock clock = new RedisClock();
  private long validUntil;
  private boolean isClosed;
  private int begun;

  /// Begins.
  ///
  /// @param validUntil `System.nanoTime` until which the lease lasts at least
  Tenure(Partition partition, long validUntil, @Nullable Suspects suspects) {
    this.partition = partition;
    this.validUntil = validUntil;
    this.suspects = suspects;
  }

  Partition partition() {
    return partition;
  }

  /// The owner of the lease is known to be this replica until this `System.nanoTime`.
  synchronized void renewed(long until) {
    validUntil = until;
  }

  /// Begins some commands of the partition, if they may be.
  synchronized Start begin(int commands) {
    if (isClosed) {
      return Start.NEVER;
    }
    if (System.nanoTime() - validUntil >= 0) {
      return Start.LATER;
    }
    begun += commands;
    return Start.YES;
  }

  /// Commands that were begun need nothing more.
  synchronized void finished(int commands) {
    begun -= commands;
  }

  /// Lets nothing more begin.
  synchronized void close() {
    isClosed = true;
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  /// Whether nothing that was begun is unfinished.
  synchronized boolean isIdle() {
    return begun == 0;
  }

  /// Takes an entry in hand.
  ///
  /// @return whether it was not in hand before
  boolean hold(StreamId id) {
    return held.add(id);
  }

  /// An entry is no longer in hand.
  void letGo(StreamId id) {
    held.remove(id);
  }

  boolean holdsNothing() {
    return held.isEmpty();
  }

  boolean suspects(StreamId id) {
    return suspects != null && suspects.has(id);
  }

  /// The clock of the partition's master.
  RedisClock clock() {
    return clock;
  }

  /// A key has a new `rev`, about to be published.
  void changed(Key key, long rev) {
    changes.add(key, rev);
  }

  Changes changes() {
    return changes;
  }
}
