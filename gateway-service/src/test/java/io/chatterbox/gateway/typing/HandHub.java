package io.chatterbox.gateway.typing;

import io.chatterbox.gateway.fanout.Hub;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/// A hub whose time goes on by hand.
final class HandHub extends Clock implements Hub {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong((Waiting each) -> each.at).thenComparingLong(w -> w.number));
  private long now;
  private long count;

  private static final class Waiting {
    private final long at;
    private final long number;
    private final Runnable task;

    Waiting(long at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer after(long millis, Runnable task) {
    Waiting mine = new Waiting(now + millis, count++, task);
    waiting.add(mine);
    return () -> waiting.remove(mine);
  }

  /// Lets so much time pass, and everything happen that falls due.
  void pass(long millis) {
    long end = now + millis;
    runTasks();
    for (Waiting next = waiting.peek(); next != null && next.at <= end; next = waiting.peek()) {
      waiting.remove();
      now = next.at;
      next.task.run();
      runTasks();
    }
    now = end;
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }
}
