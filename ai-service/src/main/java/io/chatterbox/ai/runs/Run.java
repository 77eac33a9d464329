package io.chatterbox.ai.runs;

import io.chatterbox.ai.provider.Completion;
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
    }
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
