package io.chatterbox.chat.files;

import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes files in: from disk, where the HTTP layer has put them as they came, into the store.
@Singleton
class Uploads {
  private static final int LONGEST_NAME = 255;

  private final Files files;
  private final FileBytes bytes;
  private final FileTypes types;
  private final Thumbnails thumbnails;
  private final ChatConfig.Files config;
  private final Clock clock;

  Uploads(
      Files files,
      FileBytes bytes,
      FileTypes types,
      Thumbnails thumbnails,
      ChatConfig config,
      Clock clock) {
    this.files = files;
    this.bytes = bytes;
    this.types = types;
    this.thumbnails = thumbnails;
    this.config = config.files();
    this.clock = clock;
  }

  /// The name under which the small copy of an image is stored.
  static String thumbnailOf(String filename) {
    return filename + ".thumbnail";
  }

  FileDocument take(Path upload, String name, String userId) throws IOException {
    long size = java.nio.file.Files.size(upload);
    if (size > config.largest()) {
      throw new Refusal(
          ErrorCode.PAYLOAD_TOO_LARGE, "A file takes at most " + config.largest() + " bytes.");
    }
    String type = types.of(upload);
    String id = UUID.randomUUID().toString();
    String filename = UUID.randomUUID().toString();
    bytes.write(filename, upload);
    Optional<Path> small = thumbnails.of(upload, type);
    if (small.isPresent()) {
      try {
        bytes.write(thumbnailOf(filename), small.get());
      } finally {
        java.nio.file.Files.deleteIfExists(small.get());
      }
    }
    FileDocument file =
        new FileDocument(
            id,
            filename,
            plain(name),
            type,
            size,
            small.isPresent(),
            userId,
            Instant.ofEpochMilli(clock.millis()),
            List.of(),
            false,
            false);
    files.add(file);
    return file;
  }

  /// The last part of a path, without what steers terminals and headers.
  static String plain(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder plain = new StringBuilder();
    last.codePoints()
        .filter(c ->
            Character.getType(c) != Character.CONTROL
                && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR)
        .limit(LONGEST_NAME)
        .forEach(plain::appendCodePoint);
    String kept = plain.toString().strip();
    return kept.isEmpty() || kept.equals(".") || kept.equals("..") ? "file" : kept;
  }
}
