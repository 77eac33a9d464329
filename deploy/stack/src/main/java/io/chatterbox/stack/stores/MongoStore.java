package io.chatterbox.stack.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Finds a MongoDB.
public final class MongoStore {
  /// Names a MongoDB to be used instead of starting one.
  public static final String URL_VARIABLE = "CHATTERBOX_MONGODB_URI";

  private MongoStore() {}

  /// The MongoDB at hand.
  ///
  /// @param environment variables of the process
  /// @param folder where it keeps its data; made if absent
  /// @param port the loopback port for one that has to be started
  /// @throws IOException when the folder cannot be made
  public static Store find(Map<String, String> environment, Path folder, int port)
      throws IOException {
    String named = environment.getOrDefault(URL_VARIABLE, "");
    if (!named.isBlank()) {
      return new Store.External(named, "the one in " + URL_VARIABLE);
    }
    Files.createDirectories(folder);
    String url = "mongodb://127.0.0.1:" + port;
    Path installed = Programs.onPath("mongod", environment.getOrDefault("PATH", "")).orElse(null);
    if (installed != null) {
      List<String> command =
          List.of(
              installed.toString(),
              "--bind_ip",
              "127.0.0.1",
              "--port",
              Integer.toString(port),
              "--dbpath",
              folder.toString());
      return new Store.Local(url, installed.toString(), command, port);
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Xmn128m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            EmbeddedMongo.class.getName(),
            Integer.toString(port),
            folder.resolve("mongo.mv").toString());
    return new Store.Local(url, "embedded mongo-java-server (H2 file)", command, port);
  }
}
