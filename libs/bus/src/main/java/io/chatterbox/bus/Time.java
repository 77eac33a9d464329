package io.chatterbox.bus;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Where time comes from.
@Singleton
final class Time {

  /// The machine's clock.
  ///
  /// @param offsets `chatterbox.clock.offsets`: a folder in which a file of this process's name
  ///   says by how much the clock is wrong at the moment; for tests of that, and never set
  ///   otherwise
  @Produces
  @Singleton
  @DefaultBean
  Clock clock(
      Node node, @ConfigProperty(name = "chatterbox.clock.offsets") Optional<Path> offsets) {
    Clock machine = Clock.systemUTC();
    return offsets
        .map(folder -> folder.resolve(node.name()))
        .<Clock>map(file -> new WrongClock(machine, file))
        .orElse(machine);
  }

  /// For durations.
  @Produces
  @Singleton
  @Steady
  Clock steady() {
    return new SteadyClock(Clock.systemUTC());
  }
}
