package io.chatterbox.e2e;

import io.chatterbox.stack.stores.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// What stands between a stack and its stores, from `node/proxies`: loses messages, holds
/// confirmations back, is away, and kills a writer between two of its steps.
///
/// @param redis the port that takes Redis's place
/// @param mongo the port that takes MongoDB's place
/// @param orders the port that takes orders
/// @param apart the port that takes Redis's place for whoever can be cut off from it
record Proxies(Process process, int redis, int mongo, int orders, int apart)
    implements AutoCloseable {
  private static final long SECONDS = 20;

  /// @param stateFile in which the stack tells where its stores are
  static Proxies start(Path stateFile) throws IOException, InterruptedException {
    int redis = Ports.free();
    int mongo = Ports.free();
    int orders = Ports.free();
    int apart = Ports.free();
    List<String> command =
        List.of(
            "node",
            "proxies/main.mjs",
            "--state=" + stateFile.toAbsolutePath(),
            "--redis=" + redis,
            "--mongo=" + mongo,
            "--control=" + orders,
            "--apart=" + apart);
    Process process = Node.start(command, Path.of("target", "proxies.log"));
    Awaitility.await()
        .atMost(SECONDS, TimeUnit.SECONDS)
        .until(() -> Ports.answers("127.0.0.1", orders));
    return new Proxies(process, redis, mongo, orders, apart);
  }

  /// What a stack has to be told.
  Map<String, String> settings() {
    return Map.of(
        "quarkus.redis.hosts", "redis://127.0.0.1:" + redis,
        "quarkus.mongodb.connection-string", "mongodb://127.0.0.1:" + mongo);
  }

  /// Where Redis is for whoever can be cut off from it.
  String apartUrl() {
    return "redis://127.0.0.1:" + apart;
  }

  /// Where attacks give their orders.
  String control() {
    return "http://127.0.0.1:" + orders;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
