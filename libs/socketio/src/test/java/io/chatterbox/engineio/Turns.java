package io.chatterbox.engineio;

import java.util.ArrayList;
import java.util.List;

/// A loop whose turns end, and whose timers ring, when told.
public final class Turns implements Loop {
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private long now;

  public void endTurn() {
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).run();
    }
    tasks.clear();
  }

  /// Lets time pass, and runs what falls due, each in a turn of its own.
  public void pass(long millis) {
    long end = now + millis;
    while (true) {
      Alarm next = null;
      for (Alarm alarm : alarms) {
        if (alarm.at <= end && (next == null || alarm.at < next.at)) {
          next = alarm;
        }
      }
      if (next == null) {
        now = end;
        return;
      }
      alarms.remove(next);
      now = next.at;
      next.task.run();
      endTurn();
    }
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void atEndOfTurn(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    Alarm alarm = new Alarm(now + delayMillis, task);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Override
  public long epochMillis() {
    return now;
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public void failed(Throwable failure) {
    throw new AssertionError(failure);
  }

  private static final class Alarm {
    private final long at;
    private final Runnable task;

    private Alarm(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }
  }
}
