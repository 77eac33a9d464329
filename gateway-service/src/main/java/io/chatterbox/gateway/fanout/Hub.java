package io.chatterbox.gateway.fanout;

import java.util.concurrent.Executor;

/// The one thread on which everything lives that all sockets of this gateway share. Tasks run in
/// the order in which a thread gave them.
public interface Hub extends Executor {

  /// Runs the task later, never within the call.
  @Override
  void execute(Runnable task);

  /// Runs the task after a delay.
  Timer after(long millis, Runnable task);

  /// A task that waits for its time.
  interface Timer {
    /// The task does not run any more, unless it has begun. Only on the hub.
    void cancel();
  }
}
