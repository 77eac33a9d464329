package io.chatterbox.testkit;

import io.chatterbox.stack.stores.MongoStore;
import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A real MongoDB, or the embedded one where there is none, for tests.
public final class TestMongo {
  private TestMongo() {}

  /// The MongoDB that all tests of this JVM share: the one in `CHATTERBOX_MONGODB_URI`, else one
  /// started at the first call. Databases of tests have to be their own.
  public static String sharedUrl() {
    return Shared.URL;
  }

  /// A MongoDB of the test's own, empty, that it may pause, stop and kill.
  public static StoreProcess start() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove(MongoStore.URL_VARIABLE);
    Path folder = newFolder();
    return StoreProcess.start((Store.Local) find(environment, folder), folder);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("chatterbox-mongo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Store find(Map<String, String> environment, Path folder) {
    try {
      return MongoStore.find(environment, folder, Ports.free());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    private static final String URL = use(newFolder());

    private static String use(Path folder) {
      Store store = find(System.getenv(), folder);
      System.out.println("tests use MongoDB: " + store.description());
      return switch (store) {
        case Store.External external -> external.url();
        case Store.Local local -> StoreProcess.start(local, folder).closedWithJvm().url();
        case Store.Several several -> throw new IllegalStateException(several.description());
      };
    }
  }
}
