package io.chatterbox.stack.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/// Finds a Redis.
public final class RedisStore {
  /// Names a Redis to be used instead of starting one.
  public static final String URL_VARIABLE = "CHATTERBOX_REDIS_URL";

  private RedisStore() {}

  /// The Redis at hand.
  ///
  /// @param environment variables of the process
  /// @param folder where it keeps its data, and the embedded program; made if absent
  /// @param port the loopback port for one that has to be started
  /// @param durable whether what it holds outlives its process
  /// @throws IOException when the embedded program cannot be unpacked
  public static Store find(Map<String, String> environment, Path folder, int port, boolean durable)
      throws IOException {
    String named = environment.getOrDefault(URL_VARIABLE, "");
    if (!named.isBlank()) {
      return new Store.External(named, "the one in " + URL_VARIABLE);
    }
    Files.createDirectories(folder);
    Path installed =
        Programs.onPath("redis-server", environment.getOrDefault("PATH", "")).orElse(null);
    Path program = installed == null ? embedded(folder) : installed;
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--dir", folder.toString(), "--save", "", "--daemonize", "no"));
    command.addAll(List.of("--appendonly", durable ? "yes" : "no"));
    command.addAll(List.of("--maxmemory-policy", "noeviction"));
    return new Store.Local(
        "redis://127.0.0.1:" + port,
        installed == null ? "embedded redis-server 6.2" : installed.toString(),
        command,
        port);
  }

  private static Path embedded(Path folder) throws IOException {
    Path programs = folder.resolve("program");
    Files.createDirectories(programs);
    return ExecutableProvider.newJarResourceProvider(programs.toFile()).get().toPath();
  }
}
