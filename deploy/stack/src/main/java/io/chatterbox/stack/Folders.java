package io.chatterbox.stack;

import io.chatterbox.stack.stores.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Where one stack keeps what it needs.
record Folders(Path data) {

  Folders {
    data = data.toAbsolutePath().normalize();
  }

  Path redis() {
    return data.resolve("redis");
  }

  Path mongo() {
    return data.resolve("mongo");
  }

  Path logs() {
    return data.resolve("logs");
  }

  Path secrets() {
    return data.resolve("secrets.properties");
  }

  Path state() {
    return data.resolve("state.json");
  }

  Path lock() {
    return data.resolve("lock");
  }

  Path log(Program program) {
    return logs().resolve(program.name() + ".log");
  }

  /// Puts the log of the last run aside.
  void rotateLog(Program program) {
    Path log = log(program);
    try {
      Files.createDirectories(logs());
      if (Files.exists(log)) {
        Path old = log.resolveSibling(program.name() + ".old.log");
        Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Forgets all data that the stack keeps by itself, and its secrets.
  void forget() {
    List.of(redis(), mongo(), secrets()).forEach(Folder::delete);
  }
}
