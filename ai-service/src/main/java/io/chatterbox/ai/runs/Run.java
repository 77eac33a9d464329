package io.chatterbox.ai.runs;

import io.chatterbox.ai.provider.Completion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A run at the replica that writes it: what others want of it. Safe for all threads.
final class Run {

  /// What is wanted, the later ones before the earlier ones.
  enum Wish {
    GO_ON,
    /// Somebody stopped it.
    STOP,
    /// The replica is about to end.
    INTERRUPT,
    /// Another replica has it.
    LET_GO
  }

  private final String id;
  private Wish wish = Wish.GO_ON;
  private boolean claimed;
  private boolean hasTurn;
  private @Nullable Completion completion;

  Run(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  synchronized Wish wish() {
    return wish;
  }

  /// Wants something of it; the provider is hung up on at once.
  synchronized void want(Wish wanted) {
    if (wanted.compareTo(wish) > 0) {
      wish = wanted;
      hangUp();
      notifyAll();
    }
  }

  /// Waits until it is its turn, something is wanted of it, or the patience is over.
  synchronized void awaitTurn(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (!hasTurn && wish == Wish.GO_ON && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = until - System.nanoTime();
    }
  }

  synchronized void yourTurn() {
    hasTurn = true;
    notifyAll();
  }

  /// Its document is there.
  synchronized void claimed() {
    claimed = true;
  }

  synchronized boolean isClaimed() {
    return claimed;
  }

  /// Lets its thread look around.
  synchronized void wake() {
    if (completion != null) {
      completion.wake();
    }
  }

  /// What it is being told.
  synchronized void listensTo(Completion answer) {
    completion = answer;
    if (wish != Wish.GO_ON) {
      hangUp();
    }
  }

  private void hangUp() {
    if (completion != null) {
      completion.cancel();
      completion.wake();
    }
  }
}
