package io.chatterbox.gateway.fanout;

import io.chatterbox.gateway.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The sessions that are on their way back to this gateway. Only on the hub.
@Singleton
public final class Comebacks {
  private final ComebackTools tools;
  private final Stays stays;
  private final int most;
  private final Set<Comeback> underWay = new HashSet<>();

  @Inject
  Comebacks(FeedSource feeds, FeedTools feedTools, Stays stays, GatewayConfig config) {
    this(feeds, feedTools, stays, config.recovery());
  }

  Comebacks(FeedSource feeds, FeedTools feedTools, Stays stays, GatewayConfig.Recovery recovery) {
    this.stays = stays;
    this.tools =
        new ComebackTools(
            feedTools,
            feeds,
            recovery.patience().toMillis(),
            recovery.missedBytes(),
            recovery.keys());
    this.most = recovery.atOnce();
  }

  /// Gathers what a session missed.
  ///
  /// @param outcome called once, on the hub; empty when that could not be done, or was too much
  public void begin(Session session, Consumer<Optional<Comeback>> outcome) {
    if (underWay.size() >= most) {
      outcome.accept(Optional.empty());
      return;
    }
    Comeback comeback = new Comeback(session, tools, this::over);
    underWay.add(comeback);
    stays.returning(comeback);
    comeback.begin(isWhole -> outcome.accept(isWhole ? Optional.of(comeback) : Optional.empty()));
  }

  private void over(Comeback comeback) {
    underWay.remove(comeback);
    stays.returned(comeback);
  }
}
