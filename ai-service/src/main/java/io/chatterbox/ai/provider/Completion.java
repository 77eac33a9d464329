package io.chatterbox.ai.provider;

import io.chatterbox.ai.provider.ProviderFailure.Kind;
import io.chatterbox.contract.AiUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One answer while it comes in: the provider's events on the one side, a thread that takes the
/// text on the other. Text is kept until it is taken, up to a bound; beyond it the provider is hung
/// up on and the answer counts as complete.
public final class Completion {

  /// What [#next] finds.
  public sealed interface Event {

    /// More of the answer; never ends within a surrogate pair.
    record Text(String content) implements Event {}

    /// All of it was taken.
    ///
    /// @param usage as the provider counted it, if it did
    record Finished(Optional<AiUsage> usage) implements Event {}

    /// There is no more, because something went wrong.
    record Failed(ProviderFailure failure) implements Event {}

    /// Nothing, but somebody called [#wake].
    record Woken() implements Event {}
  }

  /// How long the usage may take after the answer was said to be whole.
  private static final long LAST_WORDS = Duration.ofSeconds(2).toNanos();

  /// How long what was received before the connection was closed may take to be handed over.
  private static final long ON_ITS_WAY = Duration.ofMillis(300).toNanos();

  private final int longest;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // under the lock
  private final StringBuilder pending = new StringBuilder();
  private int received;
  private long lastHeard = System.nanoTime();
  // nobody is woken by text before that
  private long quietUntil = lastHeard;
  private boolean finishing;
  private boolean closed;
  private boolean woken;
  private @Nullable AiUsage usage;
  private @Nullable Event end;
  private @Nullable Runnable hangUp;

  /// An answer of which nothing was heard yet.
  ///
  /// @param longest how many characters are taken
  Completion(int longest) {
    this.longest = longest;
  }

  /// Waits for whatever comes first.
  ///
  /// @param notBefore `System.nanoTime` before which text is left to grow
  /// @param patience nanoseconds without a word from the provider after which it has failed
  public Event next(long notBefore, long patience) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long now = System.nanoTime();
        if (woken) {
          woken = false;
          return new Event.Woken();
        }
        int ready = ready();
        if (ready > 0 && (now - notBefore >= 0 || end != null)) {
          return new Event.Text(take(ready));
        }
        if (end != null) {
          return end;
        }
        long silent = patienceOr(patience) - (now - lastHeard);
        if (silent <= 0) {
          failed(ProviderFailure.of(closed ? Kind.CUT : Kind.TIMEOUT));
          continue;
        }
        quietUntil = notBefore;
        long wait = now - notBefore < 0 ? Math.min(notBefore - now, silent) : silent;
        long left = changed.awaitNanos(wait);
        assert left <= wait;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets a waiting [#next] return.
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Closes the connection to the provider, at whatever point it is. What was received stays.
  public void cancel() {
    failed(ProviderFailure.of(Kind.CUT));
  }

  /// Sets what closes the connection; called at once if that is wanted already.
  void onHangUp(Runnable action) {
    lock.lock();
    try {
      hangUp = action;
      if (end != null) {
        hangUp();
      }
    } finally {
      lock.unlock();
    }
  }

  /// More text; ignored after the end.
  void text(String more) {
    lock.lock();
    try {
      lastHeard = System.nanoTime();
      if (end != null || more.isEmpty()) {
        return;
      }
      int room = longest - received;
      pending.append(more, 0, Math.min(room, more.length()));
      received += more.length();
      if (received >= longest) {
        end(new Event.Finished(Optional.ofNullable(usage)));
        hangUp();
      } else if (System.nanoTime() - quietUntil >= 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The provider said that the answer is whole; it may still tell the usage.
  void finishing() {
    lock.lock();
    try {
      lastHeard = System.nanoTime();
      finishing = true;
    } finally {
      lock.unlock();
    }
  }

  void counted(AiUsage tokens) {
    lock.lock();
    try {
      lastHeard = System.nanoTime();
      usage = tokens;
    } finally {
      lock.unlock();
    }
  }

  /// The connection is closed. Usually the stream tells how it ended, but not when that happens
  /// before anybody reads it; then its silence says that it was cut.
  void closed() {
    lock.lock();
    try {
      lastHeard = System.nanoTime();
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The stream is over: well, if the provider had said that the answer is whole.
  void ended() {
    lock.lock();
    try {
      end(wholeElse(Kind.CUT, 0));
    } finally {
      lock.unlock();
    }
  }

  /// The stream is over because of this, unless it was whole before.
  void failed(ProviderFailure failure) {
    lock.lock();
    try {
      end(wholeElse(failure.kind(), failure.retryAfterMs()));
      hangUp();
    } finally {
      lock.unlock();
    }
  }

  private long patienceOr(long usual) {
    if (closed) {
      return ON_ITS_WAY;
    }
    return finishing ? LAST_WORDS : usual;
  }

  private Event wholeElse(Kind kind, long retryAfterMs) {
    return finishing
        ? new Event.Finished(Optional.ofNullable(usage))
        : new Event.Failed(new ProviderFailure(kind, retryAfterMs));
  }

  private void end(Event how) {
    if (end == null) {
      end = how;
      changed.signalAll();
    }
  }

  private void hangUp() {
    Runnable action = hangUp;
    if (action != null) {
      hangUp = null;
      action.run();
    }
  }

  /// How much can be handed over: not the first half of a pair whose second half may still come.
  private int ready() {
    int length = pending.length();
    boolean split = length > 0 && Character.isHighSurrogate(pending.charAt(length - 1));
    return split && end == null ? length - 1 : length;
  }

  private String take(int length) {
    String taken = wellFormed(pending.substring(0, length));
    pending.delete(0, length);
    return taken;
  }

  /// Halves without their other half cannot be written as UTF-8.
  private static String wellFormed(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? 0xFFFD : c)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }
}
