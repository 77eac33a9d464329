package io.chatterbox.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One process that is started, watched, started again after it died, and stopped.
final class Child {

  /// What a child is doing, as `status` says it.
  enum State {
    starting,
    ready,
    restarting,
    stopping,
    stopped,
    failed
  }

  /// Hears of every change of a child.
  interface Listener {
    /// Called on the child's own thread.
    ///
    /// @param remark what there is to say about it; empty: nothing
    void changed(Child child, State state, String remark);
  }

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration SOUND = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 10_000;

  private final ProcessSpec spec;
  private final Guard guard;
  private final Listener listener;
  private final CompletableFuture<Child> firstReady = new CompletableFuture<>();
  private final CompletableFuture<Void> stopAsked = new CompletableFuture<>();
  private volatile State state = State.stopped;
  private volatile @Nullable Process process;

  Child(ProcessSpec spec, Guard guard, Listener listener) {
    this.spec = spec;
    this.guard = guard;
    this.listener = listener;
  }

  ProcessSpec spec() {
    return spec;
  }

  State state() {
    return state;
  }

  /// The id of the running process; 0 when there is none.
  long pid() {
    Process running = process;
    return running != null && running.isAlive() ? running.pid() : 0;
  }

  /// Starts it. The result completes when it is ready for the first time, or with a
  /// [StackException] when it died before.
  CompletableFuture<Child> start() {
    Thread.ofPlatform().daemon().name(spec.name()).start(this::keepRunning);
    return firstReady;
  }

  /// Tells it to end (SIGTERM). [#kill] is for those that do not.
  void askToStop() {
    stopAsked.complete(null);
    Process running = process;
    if (running != null && running.isAlive()) {
      change(State.stopping, "");
      running.destroy();
    }
  }

  /// Waits until it has ended; after the limit it is killed.
  void awaitEnd(Duration limit) {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      if (!running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly().onExit().join();
      }
      change(State.stopped, "");
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void keepRunning() {
    long pause = FIRST_PAUSE_MS;
    try {
      while (!stopAsked.isDone()) {
        long began = System.nanoTime();
        Process started = launch();
        change(firstReady.isDone() ? State.restarting : State.starting, "");
        boolean cameUp = awaitReady(started);
        if (cameUp) {
          firstReady.complete(this);
        }
        int code = started.waitFor();
        guard.forget(started.pid());
        if (stopAsked.isDone()) {
          return;
        }
        if (!firstReady.isDone()) {
          change(State.failed, "");
          firstReady.completeExceptionally(new StackException(whyItDied(code)));
          return;
        }
        if (System.nanoTime() - began > SOUND.toNanos()) {
          pause = FIRST_PAUSE_MS;
        }
        change(State.restarting, "ended with code " + code + ", starts again in " + pause + " ms");
        awaitStop(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      change(State.failed, String.valueOf(e.getMessage()));
      firstReady.completeExceptionally(
          new StackException(spec.name() + " cannot be started: " + e.getMessage()));
    }
  }

  private boolean awaitReady(Process started) throws InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (started.isAlive() && !stopAsked.isDone()) {
      if (spec.isReady().getAsBoolean()) {
        change(State.ready, "");
        return true;
      }
      if (System.nanoTime() > deadline && !firstReady.isDone()) {
        firstReady.completeExceptionally(
            new StackException(
                spec.name()
                    + " is not ready after "
                    + START_LIMIT.toSeconds()
                    + " s; see "
                    + spec.log()));
        return false;
      }
      awaitStop(LOOK.toMillis());
    }
    return false;
  }

  private void awaitStop(long millis) throws InterruptedException {
    try {
      stopAsked.get(millis, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
      // nobody asked to stop in that time
    }
  }

  private synchronized Process launch() throws IOException {
    Files.createDirectories(spec.log().getParent());
    if (!firstReady.isDone() && Files.exists(spec.log())) {
      Files.move(spec.log(), Path.of(spec.log() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    // a session of its own: Ctrl-C reaches the supervisor only, which stops all in order
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(spec.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    builder.environment().putAll(spec.environment());
    Process started = builder.start();
    guard.watch(started.pid());
    process = started;
    if (stopAsked.isDone()) {
      started.destroy();
    }
    return started;
  }

  private String whyItDied(int code) {
    try {
      List<String> lines = Files.readAllLines(spec.log());
      String gist =
          lines.stream()
              .filter(line ->
                  line.contains("ERROR") || line.contains("Exception") || line.contains("rror:"))
              .findFirst()
              .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
      return spec.name()
          + " ended at start with code "
          + code
          + ": "
          + gist.strip()
          + " ("
          + spec.log()
          + ")";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void change(State next, String remark) {
    if (state != next || !remark.isEmpty()) {
      state = next;
      listener.changed(this, next, remark);
    }
  }
}
