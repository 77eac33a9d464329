package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// The turns of runs at the provider: so many at a time, the others wait in the order they came.
/// That not too many wait is seen to before a question is stored, by [LiveRuns#isOverfull].
@Singleton
class Places {
  private final int most;
  private final Deque<Run> waiting = new ArrayDeque<>();
  private int taken;

  Places(AiConfig config) {
    this.most = config.runs().most();
  }

  /// Waits for a turn.
  ///
  /// @return whether there is one, which is to be given back; if not, something is wanted of the
  ///   run or its patience is over
  boolean enter(Run run, Duration patience) throws InterruptedException {
    synchronized (this) {
      if (taken < most) {
        taken++;
        return true;
      }
      waiting.add(run);
    }
    boolean mine = false;
    try {
      run.awaitTurn(patience);
    } finally {
      synchronized (this) {
        // whoever is not waiting any more was given a turn, perhaps only just now
        mine = !waiting.remove(run);
      }
    }
    return mine;
  }

  /// Gives a turn back.
  synchronized void leave() {
    Run next = waiting.poll();
    if (next == null) {
      taken--;
    } else {
      next.yourTurn();
    }
  }

  /// Runs that are answered.
  synchronized int taken() {
    return taken;
  }

  /// Runs that wait for their turn.
  synchronized int waiting() {
    return waiting.size();
  }
}
