package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Brings the numbered changes of one key into order: each `rev` once, none left out. Holds what
/// comes too early, up to a bound; of what is beyond it only the number is kept.
final class Sequencer {
  private static final long UNSTARTED = -1;

  private final int most;
  private final TreeMap<Long, Hint.Change> held = new TreeMap<>();
  private long rev = UNSTARTED;
  private long known;

  /// Not started: nothing is let through before it is known where to begin.
  ///
  /// @param most changes that are held
  Sequencer(int most) {
    this.most = most;
  }

  boolean isStarted() {
    return rev != UNSTARTED;
  }

  /// The last change that was let through, or where it began.
  long rev() {
    return Math.max(rev, 0);
  }

  /// The last change that is known of, let through or not.
  long known() {
    return Math.max(known, rev());
  }

  /// Begins after this `rev`.
  ///
  /// @return what was held and is next
  List<Hint.Change> start(long at) {
    if (isStarted()) {
      throw new IllegalStateException("started already");
    }
    rev = at;
    held.headMap(at, true).clear();
    return next(new ArrayList<>());
  }

  /// Takes a change.
  ///
  /// @return what is to be let through now, in order
  List<Hint.Change> offer(Hint.Change change) {
    if (isStarted() && change.rev() <= rev) {
      return List.of();
    }
    known = Math.max(known, change.rev());
    if (isStarted() && change.rev() == rev + 1) {
      List<Hint.Change> ready = new ArrayList<>();
      rev = change.rev();
      ready.add(change);
      held.remove(rev);
      return next(ready);
    }
    hold(change);
    return List.of();
  }

  /// There is a change of that number.
  void learn(long number) {
    known = Math.max(known, number);
  }

  /// Forgets what it only heard of: it was never found.
  void forget() {
    known = held.isEmpty() ? rev() : held.lastKey();
  }

  /// Whether a change is missing.
  boolean isBehind() {
    return isStarted() && known > rev;
  }

  private List<Hint.Change> next(List<Hint.Change> ready) {
    for (Map.Entry<Long, Hint.Change> first = held.firstEntry();
        first != null && first.getKey() == rev + 1;
        first = held.firstEntry()) {
      rev++;
      ready.add(first.getValue());
      held.pollFirstEntry();
    }
    return ready;
  }

  private void hold(Hint.Change change) {
    held.putIfAbsent(change.rev(), change);
    if (held.size() > most) {
      // the nearest are needed first; the farthest are fetched
      held.pollLastEntry();
    }
  }
}
