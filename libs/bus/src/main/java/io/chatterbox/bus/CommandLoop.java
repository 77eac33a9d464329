package io.chatterbox.bus;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Reads the commands of the partitions that this replica owns and hands them to its service's
/// [CommandProcessor].
@Singleton
public final class CommandLoop {
  private final RunningLoop.Tools tools;
  private @Nullable RunningLoop running;

  @Inject
  CommandLoop(
      Links links, Json json, Hints hints, Node node, BusConfig config, MeterRegistry meters) {
    this.tools = new RunningLoop.Tools(links, json, hints, node, config, meters);
  }

  /// Begins; called once, when the service is able to work. Does not wait for Redis.
  public synchronized void start(CommandProcessor processor) {
    if (running != null) {
      throw new IllegalStateException("started already");
    }
    running = new RunningLoop(processor, tools);
    running.start();
  }

  /// Hands the partitions over after the batch in hand. Blocks until that is done or took too long;
  /// called by itself when the application stops.
  public synchronized void drain() {
    if (running != null) {
      running.drain(tools.config().giveUp());
    }
  }

  /// Stops as if the process had been killed, for tests.
  synchronized void abandon() {
    if (running != null) {
      running.stop();
    }
  }

  void stopping(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    drain();
  }
}
