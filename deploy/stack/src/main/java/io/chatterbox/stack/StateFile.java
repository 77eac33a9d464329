package io.chatterbox.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/// What `status` reads: the state of a running stack, replaced as a whole at each change.
final class StateFile {
  private final Path file;
  private boolean removed;

  StateFile(Path file) {
    this.file = file;
  }

  synchronized void write(List<StatusRow> rows) {
    if (removed) {
      return;
    }
    String json =
        rows.stream().map(StatusRow::json).collect(Collectors.joining(",\n ", "[", "]\n"));
    try {
      Path written = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(written, json);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void remove() {
    removed = true;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
