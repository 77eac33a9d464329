package io.chatterbox.chat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

public class LocalStores implements QuarkusTestResourceLifecycleManager {
  private @Nullable MongoServer mongo;
  private @Nullable RedisServer redis;

  @Override
  public Map<String, String> start() {
    try {
      mongo = new MongoServer(H2Backend.inMemory());
      InetSocketAddress a = mongo.bind();
      int port;
      try (ServerSocket s = new ServerSocket(0)) {
        port = s.getLocalPort();
      }
      redis =
          RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
      redis.start();
      return Map.of(
          "quarkus.mongodb.connection-string", "mongodb://127.0.0.1:" + a.getPort(),
          "quarkus.redis.hosts", "redis://127.0.0.1:" + port);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    if (mongo != null) {
      mongo.shutdownNow();
    }
    if (redis != null) {
      try {
        redis.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
