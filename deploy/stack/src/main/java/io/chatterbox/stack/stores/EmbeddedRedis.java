package io.chatterbox.stack.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A Redis that keeps nothing, as long as this process runs: `EmbeddedRedis <port> <folder>`.
public final class EmbeddedRedis {
  private EmbeddedRedis() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Store store =
        RedisStore.find(
            Map.of("PATH", System.getenv().getOrDefault("PATH", "")),
            Path.of(args[1]),
            Integer.parseInt(args[0]),
            false);
    if (store instanceof Store.Local local) {
      Process redis = new ProcessBuilder(local.command()).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(redis::destroy, "shutdown"));
      System.exit(redis.waitFor());
    }
  }
}
