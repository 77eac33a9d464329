package io.chatterbox.stack.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `redis-server` of this machine, for what the embedded one is too old for.
public final class RedisProgram {
  private static final Pattern VERSION = Pattern.compile(" v=(\\d+)");
  private static final int NEEDED = 7;

  private RedisProgram() {}

  /// One that is at least version 7, which sharded channels need.
  public static Optional<Path> find(Map<String, String> environment) {
    return Programs.onPath("redis-server", environment.getOrDefault("PATH", ""))
        .filter(RedisProgram::isNewEnough);
  }

  /// A folder of a member's own, with a configuration that Redis may change.
  static Path configured(Path folder, String... lines) throws IOException {
    Folder.delete(folder);
    Files.createDirectories(folder);
    Path file = folder.resolve("redis.conf");
    Files.write(file, List.of(lines));
    return file;
  }

  private static boolean isNewEnough(Path program) {
    try {
      Process asked = new ProcessBuilder(program.toString(), "--version").start();
      String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(answer);
      return version.find() && Integer.parseInt(version.group(1)) >= NEEDED;
    } catch (IOException e) {
      return false;
    }
  }
}
