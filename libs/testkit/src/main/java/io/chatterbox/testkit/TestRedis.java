package io.chatterbox.testkit;

import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.RedisStore;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

  /// A Redis of the test's own, empty, that it may pause, kill and [#empty].
  public static StoreProcess start() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove(RedisStore.URL_VARIABLE);
    Path folder = newFolder();
    return StoreProcess.start((Store.Local) find(environment, folder), folder);
  }

  /// Takes everything out of a Redis that [#start] has started, as if it had come back without its
  /// data.
  public static void empty(StoreProcess redis) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(3);
      if (answer.length == 0 || answer[0] != '+') {
        throw new IllegalStateException("FLUSHALL was refused");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("chatterbox-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Store find(Map<String, String> environment, Path folder) {
    try {
      return RedisStore.find(environment, folder, Ports.free(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    private static final String URL = use(newFolder());

    private static String use(Path folder) {
      Store store = find(System.getenv(), folder);
      System.out.println("tests use Redis: " + store.description());
      return switch (store) {
        case Store.External external -> external.url();
        case Store.Local local -> StoreProcess.start(local, folder).closedWithJvm().url();
        case Store.Several several -> throw new IllegalStateException(several.description());
      };
    }
  }
}
