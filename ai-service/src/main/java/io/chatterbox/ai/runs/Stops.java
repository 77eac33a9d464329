package io.chatterbox.ai.runs;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RedisNames;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Tells all replicas at once that a run is to stop. May be lost: the run's document says it too.
@Singleton
class Stops {
  private static final Logger LOG = Logger.getLogger(Stops.class);

  private final Channels channels;
  private final Requests redis;
  private final LiveRuns live;

  Stops(Channels channels, Requests redis, LiveRuns live) {
    this.channels = channels;
    this.redis = redis;
    this.live = live;
  }

  /// Begins to listen.
  void listen() {
    channels
        .subscribe(RedisNames.assistantStops(), this::heard)
        .onFailure(_ -> LOG.warn("event=stops-not-heard-yet"));
  }

  void tell(String runId) {
    redis
        .publish(RedisNames.assistantStops(), runId)
        .onFailure(e -> LOG.debugf("event=stop-not-told reason=%s", e.toString()));
  }

  private void heard(Buffer message) {
    live.find(message.toString()).ifPresent(run -> run.want(Run.Wish.STOP));
  }
}
