package io.chatterbox.engineio;

import java.util.concurrent.Executor;

/// The one thread that a session lives on. All state of a session is touched on its loop only, so
/// nothing is locked.
public interface Loop extends Executor {

  /// Whether the calling thread is this loop's.
  boolean inLoop();

  /// Runs the task later on this loop, in the order of calls made by one thread.
  @Override
  void execute(Runnable task);

  /// Runs the task once when the current turn has handled all its input. Only on the loop.
  void atEndOfTurn(Runnable task);

  /// Runs the task on this loop after the delay.
  Timer schedule(long delayMillis, Runnable task);

  /// Milliseconds since the epoch.
  long epochMillis();

  /// Milliseconds of a clock that nobody sets; only differences mean anything.
  long millis();

  /// Tells of an exception that the application's code threw in a handler.
  void failed(Throwable failure);

  /// Runs the task at once when already on the loop, else later in the order of the caller's calls.
  default void run(Runnable task) {
    if (inLoop()) {
      task.run();
    } else {
      execute(task);
    }
  }

  /// A task that waits for its time.
  interface Timer {
    /// The task does not run any more, unless it has begun. Only on the loop.
    void cancel();
  }
}
