package io.chatterbox.testkit;

import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.RedisStore;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A real Redis for tests.
public final class TestRedis {
  private TestRedis() {}

  /// The Redis that all tests of this JVM share: the one in `CHATTERBOX_REDIS_URL`, else one
  /// started at the first call. Keys of tests have to be their own.
  public static String sharedUrl() {
    return Shared.URL;
  }

  /// A Redis of the test's own, empty, that it may pause, kill and empty.
  public static StoreProcess start() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove(RedisStore.URL_VARIABLE);
    return StoreProcess.start((Store.Local) find(environment));
  }

  private static Store find(Map<String, String> environment) {
    try {
      Path folder = Files.createTempDirectory("chatterbox-redis");
      return RedisStore.find(environment, folder, Ports.free(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    private static final String URL = use(find(System.getenv()));

    private static String use(Store store) {
      System.out.println("tests use Redis: " + store.description());
      return switch (store) {
        case Store.External external -> external.url();
        case Store.Local local -> StoreProcess.start(local).url();
      };
    }
  }
}
