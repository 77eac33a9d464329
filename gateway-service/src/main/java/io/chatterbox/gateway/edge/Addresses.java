package io.chatterbox.gateway.edge;

import io.chatterbox.bus.Node;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RedisNames;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisAPI;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// The addresses of gateways, by name, each registered by the gateway itself as long as it lives.
@Singleton
final class Addresses {
  private static final Logger LOG = Logger.getLogger(Addresses.class);
  private static final Duration LIVES = Duration.ofSeconds(30);
  private static final Duration RENEWED = Duration.ofSeconds(5);
  private static final long FRESH = Duration.ofSeconds(2).toNanos();
  private static final long PATIENCE = 500;
  private static final int MOST = 4_096;

  private final Vertx vertx;
  private final RedisAPI redis;
  private final String own;
  private final String address;
  private final Map<String, Known> cache = new ConcurrentHashMap<>();

  private record Known(String address, long at) {}

  @Inject
  Addresses(
      Vertx vertx,
      Requests requests,
      Node node,
      @ConfigProperty(name = "chatterbox.advertised-address") String address) {
    this.vertx = vertx;
    this.redis = requests.api();
    this.own = RedisNames.gatewayAddress(node.name());
    this.address = address;
  }

  void start(@Observes StartupEvent event) {
    register();
    vertx.setPeriodic(RENEWED.toMillis(), _ -> register());
  }

  void stop(@Observes ShutdownEvent event) {
    try {
      redis.del(List.of(own)).toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("event=address-not-removed reason=%s", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// An address that was looked up a moment ago.
  Optional<String> cached(String name) {
    Known known = cache.get(name);
    return known != null && System.nanoTime() - known.at() < FRESH
        ? Optional.of(known.address())
        : Optional.empty();
  }

  /// What Redis said before it went away or forgot.
  private Optional<String> lastKnown(String name) {
    Known known = cache.get(name);
    return known != null && System.nanoTime() - known.at() < LIVES.toNanos()
        ? Optional.of(known.address())
        : Optional.empty();
  }

  /// Looks an address up, and takes the last one where Redis knows none or does not answer soon;
  /// completes on the caller's context.
  Future<Optional<String>> of(String name) {
    Promise<Optional<String>> promise = Promise.promise();
    io.vertx.core.Context context = vertx.getOrCreateContext();
    redis
        .get(RedisNames.gatewayAddress(name))
        .onComplete(answer -> {
          if (answer.failed()) {
            LOG.warnf("event=address-not-found reason=%s", answer.cause().getMessage());
          } else if (answer.result() != null) {
            remember(name, answer.result().toString());
          }
          context.runOnContext(_ -> promise.tryComplete(lastKnown(name)));
        });
    vertx.setTimer(PATIENCE, _ -> context.runOnContext(_ -> promise.tryComplete(lastKnown(name))));
    return promise.future();
  }

  private void remember(String name, String found) {
    if (cache.size() >= MOST) {
      cache.clear();
    }
    cache.put(name, new Known(found, System.nanoTime()));
  }

  private void register() {
    redis
        .set(List.of(own, address, "PX", Long.toString(LIVES.toMillis())))
        .onFailure(e -> LOG.warnf("event=address-not-registered reason=%s", e.getMessage()));
  }
}
