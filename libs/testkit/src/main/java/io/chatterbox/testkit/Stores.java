package io.chatterbox.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/// Gives a `@QuarkusTest` the shared Redis and MongoDB, and a database of its own:
/// `@QuarkusTestResource(Stores.class)`.
public final class Stores implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return Map.of(
        "quarkus.redis.hosts", TestRedis.sharedUrl(),
        "quarkus.mongodb.connection-string", TestMongo.sharedUrl(),
        "quarkus.mongodb.database", "test-" + UUID.randomUUID());
  }

  @Override
  public void stop() {
    // the shared stores end with the JVM
  }
}
