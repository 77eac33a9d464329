package io.chatterbox.testkit;

import io.chatterbox.stack.stores.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/// Gives a `@QuarkusTest` the shared Redis and MongoDB, a database and a port of its own:
/// `@QuarkusTestResource(Stores.class)`.
public final class Stores implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return Map.of(
        "quarkus.redis.hosts", TestRedis.sharedUrl(),
        "quarkus.mongodb.connection-string", TestMongo.sharedUrl(),
        "quarkus.mongodb.database", "test-" + UUID.randomUUID(),
        "quarkus.http.test-port", Integer.toString(Ports.free()));
  }

  @Override
  public void stop() {
    // the shared stores end with the JVM
  }
}
