package io.chatterbox.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// `/api/health`: whether the gateway answers, and which services do. Services are asked at most
/// once a second, however often this is called.
@Singleton
final class Health {
  private static final long PATIENCE_MILLIS = 1_000;
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final Upstreams upstreams;
  private final Vertx vertx;
  private final Clock clock;
  private final String version;
  private final Instant startedAt;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  private record Asked(long at, Future<Boolean> answer) {}

  @Inject
  Health(
      Upstreams upstreams,
      Vertx vertx,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.upstreams = upstreams;
    this.vertx = vertx;
    this.clock = clock;
    this.version = version;
    this.startedAt = clock.instant();
  }

  /// `{status, timestamp, uptime, version, services}`.
  Future<JsonObject> report() {
    Map<String, Future<Boolean>> answers = new LinkedHashMap<>();
    upstreams.all().forEach(upstream -> answers.put(upstream.name(), isUp(upstream)));
    return Future.join(java.util.List.copyOf(answers.values()))
        .otherwiseEmpty()
        .map(_ -> report(answers));
  }

  private Future<Boolean> isUp(Upstream upstream) {
    long now = System.nanoTime();
    return asked
        .compute(
            upstream.name(),
            (_, known) ->
                known != null && now - known.at() < FRESH_NANOS
                    ? known
                    : new Asked(now, ask(upstream)))
        .answer();
  }

  /// Asked on a context of its own: the answer is shared.
  private Future<Boolean> ask(Upstream upstream) {
    io.vertx.core.Promise<Boolean> promise = io.vertx.core.Promise.promise();
    vertx.runOnContext(_ ->
        upstream
            .isReady(PATIENCE_MILLIS)
            .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            .otherwise(false)
            .onComplete(promise));
    return promise.future();
  }

  private JsonObject report(Map<String, Future<Boolean>> answers) {
    JsonObject services = new JsonObject();
    answers.forEach((name, answer) -> services.put(name, isTrue(answer) ? "up" : "down"));
    boolean ok = answers.values().stream().allMatch(Health::isTrue);
    Instant now = clock.instant();
    return new JsonObject()
        .put("status", ok ? "ok" : "degraded")
        .put("timestamp", timestamp(now))
        .put("uptime", Duration.between(startedAt, now).toSeconds())
        .put("version", version)
        .put("services", services);
  }

  private static boolean isTrue(Future<Boolean> answer) {
    return answer.succeeded() && answer.result();
  }

  private static String timestamp(Instant now) {
    // milliseconds are always there
    String text = now.truncatedTo(ChronoUnit.MILLIS).toString();
    return text.indexOf('.') < 0 ? text.replace("Z", ".000Z") : text;
  }
}
