package io.chatterbox.gateway.presence;

import io.chatterbox.bus.Node;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Hub;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The incarnations under which this gateway reports, each with a lease in Redis that is renewed
/// while the gateway lives. A lease that has ended is never revived: what was reported under it may
/// be taken for gone at any time. Only on the hub.
@Singleton
final class Leases {
  private static final Logger LOG = Logger.getLogger(Leases.class);
  private static final int PATIENCE_SECONDS = 2;

  private final RedisAPI redis;
  private final Hub hub;
  private final String name;
  private final String length;
  private final long every;
  private final Set<String> held = new HashSet<>();
  private long number;

  @Inject
  Leases(Requests requests, Hub hub, Node node, GatewayConfig config) {
    this.redis = requests.api();
    this.hub = hub;
    this.name = node.incarnation();
    this.length = Long.toString(config.presence().lease().toMillis());
    this.every = config.presence().renewal().toMillis();
  }

  /// Renews from now on.
  ///
  /// @param lost told on the hub which lease has ended
  void start(Consumer<String> lost) {
    hub.after(
        every,
        () -> {
          held.forEach(incarnation -> renew(incarnation, lost));
          start(lost);
        });
  }

  /// Takes a lease under a new incarnation.
  ///
  /// @param begun called once, on the hub; empty when Redis does not answer
  void begin(Consumer<Optional<String>> begun) {
    String incarnation = name + "-" + ++number;
    set(
        incarnation,
        "NX",
        answer -> {
          boolean isSet = answer.succeeded() && answer.result() != null;
          if (isSet) {
            held.add(incarnation);
          }
          begun.accept(isSet ? Optional.of(incarnation) : Optional.empty());
        });
  }

  /// Gives up all but these.
  ///
  /// @return done when that is done, or has failed: then they end by themselves
  Future<?> keep(Set<String> wanted) {
    List<String> ended = new ArrayList<>(held);
    ended.removeAll(wanted);
    held.retainAll(wanted);
    List<Future<Response>> done = new ArrayList<>();
    for (String incarnation : ended) {
      done.add(redis.del(List.of(RedisNames.gatewayLease(incarnation))));
    }
    return Future.join(done)
        .onFailure(e -> LOG.debugf("event=lease-left-to-end reason=%s", e.getMessage()));
  }

  private void renew(String incarnation, Consumer<String> lost) {
    set(
        incarnation,
        "XX",
        answer -> {
          if (answer.failed()) {
            LOG.warnf("event=lease-not-renewed reason=%s", answer.cause().getMessage());
          } else if (answer.result() == null && held.remove(incarnation)) {
            lost.accept(incarnation);
          }
        });
  }

  private void set(String incarnation, String when, Consumer<AsyncResult<Response>> answered) {
    redis
        .set(List.of(RedisNames.gatewayLease(incarnation), "1", when, "PX", length))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onComplete(answer -> hub.execute(() -> answered.accept(answer)));
  }
}
