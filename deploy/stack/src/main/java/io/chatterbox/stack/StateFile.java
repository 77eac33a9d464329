package io.chatterbox.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What runs now, for `status`: written by the supervisor at each change, believed only as long as
/// the supervisor holds the lock beside it.
final class StateFile {

  /// A line of `status`.
  ///
  /// @param replica 0 for a store
  /// @param pid 0 when there is no process of ours
  record Line(String service, int replica, int port, long pid, String state) {

    String json() {
      return "{\"service\":\"%s\",\"replica\":%d,\"port\":%d,\"pid\":%s,\"state\":\"%s\"}"
          .formatted(service, Math.max(replica, 1), port, pid == 0 ? "null" : pid, state);
    }

    String text() {
      return "%-12s port %-5d pid %-8s %s"
          .formatted(
              replica == 0 ? service : service + "-" + replica, port, pid == 0 ? "-" : pid, state);
    }

    private String fields() {
      return String.join(
          "\t",
          service,
          Integer.toString(replica),
          Integer.toString(port),
          Long.toString(pid),
          state);
    }

    private static Line read(String line) {
      String[] parts = line.split("\t", -1);
      return new Line(
          parts[0],
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          Long.parseLong(parts[3]),
          parts[4]);
    }
  }

  private final Path file;
  private final Path lock;

  StateFile(Path data) {
    this.file = data.resolve("state");
    this.lock = data.resolve("lock");
  }

  /// Takes the lock for as long as this process lives.
  ///
  /// @throws StackException when another supervisor holds it
  FileLock hold() throws IOException {
    FileLock held = tryLock();
    if (held == null) {
      throw new StackException("ChatterBox runs already here; see ./chatterbox status.");
    }
    return held;
  }

  void write(List<Line> lines) throws IOException {
    Path next = file.resolveSibling("state.next");
    Files.writeString(next, lines.stream().map(Line::fields).collect(Collectors.joining("\n")));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /// What runs; empty when nothing does.
  List<Line> read() throws IOException {
    if (!Files.exists(lock) || !Files.exists(file)) {
      return List.of();
    }
    try (FileLock free = tryLock()) {
      if (free != null) {
        return List.of();
      }
    }
    return Files.readAllLines(file).stream().map(Line::read).toList();
  }

  private @Nullable FileLock tryLock() throws IOException {
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = channel.tryLock();
    if (held == null) {
      channel.close();
    }
    return held;
  }
}
