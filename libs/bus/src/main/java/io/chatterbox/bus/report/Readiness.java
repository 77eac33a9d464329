package io.chatterbox.bus.report;

import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Which readiness checks of this process fail. A check may take long when a store is away, so the
/// answer is that of the last time, and one is under way at a time.
@Singleton
final class Readiness {
  private final SmallRyeHealthReporter health;
  private final Vertx vertx;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile List<String> failing = List.of();

  @Inject
  Readiness(SmallRyeHealthReporter health, Vertx vertx) {
    this.health = health;
    this.vertx = vertx;
  }

  /// As it was when it was asked last; asks again.
  List<String> failing() {
    if (asking.compareAndSet(false, true)) {
      vertx
          .executeBlocking(() -> failing(health.getReadiness().getPayload()), false)
          .onSuccess(found -> failing = found)
          .onFailure(_ -> failing = List.of("health"))
          .onComplete(_ -> asking.set(false));
    }
    return failing;
  }

  private static List<String> failing(JsonObject payload) {
    JsonArray checks = payload.getJsonArray("checks");
    return checks.stream()
        .map(JsonValue::asJsonObject)
        .filter(check -> !check.getString("status").equals("UP"))
        .map(check -> check.getString("name"))
        .toList();
  }
}
