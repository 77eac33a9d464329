package io.chatterbox.stack;

import io.chatterbox.stack.stores.Guard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps one program running in a process of its own until it is told to stop: one that ends before
/// it was ever ready has failed, one that ends later is started again.
final class Child {
  private static final long POLL_MILLIS = 200;

  /// What a program is doing, in the words of `status`.
  enum State {
    STARTING,
    READY,
    RESTARTING,
    STOPPING,
    STOPPED
  }

  private final Program program;
  private final Folders folders;
  private final Guard guard;
  private final Journal journal;
  private final Runnable changed;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();
  private volatile State state = State.STARTING;
  private volatile @Nullable Process process;

  /// @param changed called after each change of state
  Child(Program program, Folders folders, Guard guard, Journal journal, Runnable changed) {
    this.program = program;
    this.folders = folders;
    this.guard = guard;
    this.journal = journal;
    this.changed = changed;
  }

  void start() {
    folders.rotateLog(program);
    Thread.ofVirtual().name(program.name()).start(this::keepRunning);
  }

  Program program() {
    return program;
  }

  State state() {
    return state;
  }

  OptionalLong pid() {
    Process running = process;
    return running == null || !running.isAlive()
        ? OptionalLong.empty()
        : OptionalLong.of(running.pid());
  }

  /// Completes when it is ready for the first time; fails with a [StartFailure] if it ends before.
  CompletableFuture<Void> ready() {
    return ready;
  }

  /// Asks it to end, and never starts it again.
  void tellToStop() {
    Process running;
    synchronized (this) {
      told.countDown();
      running = process;
    }
    if (running != null && running.isAlive()) {
      enter(State.STOPPING);
      running.destroy();
    }
  }

  /// Waits until it has ended after [#tellToStop], and ends it the hard way after the deadline.
  void awaitEnd(Duration deadline) throws InterruptedException {
    if (ended.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    journal.bad(program.name(), "does not stop and is killed");
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
    ended.await();
  }

  private void keepRunning() {
    try {
      run();
    } catch (IOException | UncheckedIOException e) {
      fail("%s cannot be started: %s.".formatted(program.name(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      fail(program.name() + " cannot be kept running.");
      enter(State.STOPPED);
      ended.countDown();
    }
  }

  private void run() throws IOException, InterruptedException {
    Process running = launch();
    while (running != null) {
      long began = System.nanoTime();
      awaitReady(running, began);
      int code = running.waitFor();
      guard.forget(running);
      if (isTold()) {
        journal.say(program.name(), "stopped");
        return;
      }
      if (!ready.isDone()) {
        fail(
            "%s ended with code %d while it started%s"
                .formatted(program.name(), code, LogTail.of(folders.log(program))));
        return;
      }
      Duration pause = backoff.after(Duration.ofNanos(System.nanoTime() - began));
      enter(State.RESTARTING);
      journal.bad(
          program.name(),
          "ended with code %d, starts again in %.1f s".formatted(code, pause.toMillis() / 1e3));
      if (told.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      running = launch();
    }
  }

  /// Starts the process, unless it was told to stop.
  private @Nullable Process launch() throws IOException {
    synchronized (this) {
      if (isTold()) {
        return null;
      }
      process = guard.start(program.command(), program.environment(), folders.log(program));
    }
    enter(ready.isDone() ? State.RESTARTING : State.STARTING);
    return process;
  }

  private void awaitReady(Process running, long began) throws InterruptedException {
    while (!program.readiness().holds(program.port())) {
      if (running.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    if (isTold() || !running.isAlive()) {
      return;
    }
    enter(State.READY);
    journal.good(
        program.name(),
        "is ready on port %d after %.1f s (process %d)"
            .formatted(program.port(), (System.nanoTime() - began) / 1e9, running.pid()));
    ready.complete(null);
  }

  private boolean isTold() {
    return told.getCount() == 0;
  }

  /// Fails the start, unless it was ready once or is told to stop anyway.
  private void fail(String sentence) {
    if (!isTold()) {
      ready.completeExceptionally(new StartFailure(sentence));
    }
  }

  private void enter(State next) {
    state = next;
    changed.run();
  }
}
