package io.chatterbox.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/// Secrets of this machine's stack, made at the first need and kept in a file that only its owner
/// may read.
final class Secrets {
  private static final int BYTES = 32;

  private final Map<String, String> values;

  private Secrets(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// Reads the file, and makes what it lacks of these names.
  static Secrets of(Path file, Collection<String> names) {
    try {
      Properties kept = new Properties();
      if (Files.exists(file)) {
        try (Reader reader = Files.newBufferedReader(file)) {
          kept.load(reader);
        }
      }
      boolean complete = kept.stringPropertyNames().containsAll(names);
      SecureRandom random = new SecureRandom();
      for (String name : names) {
        kept.computeIfAbsent(name, missing -> fresh(random));
      }
      if (!complete) {
        write(file, kept);
      }
      Map<String, String> values = new HashMap<>();
      kept.stringPropertyNames().forEach(name -> values.put(name, kept.getProperty(name)));
      return new Secrets(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The environment variables that carry the secrets of these names.
  Map<String, String> environment(Set<String> names) {
    Map<String, String> environment = new HashMap<>();
    for (String name : names) {
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("no secret " + name);
      }
      environment.put(variable(name), value);
    }
    return environment;
  }

  /// The environment variable of a setting, as MicroProfile Config reads it.
  static String variable(String setting) {
    return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static String fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void write(Path file, Properties values) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(written);
    Files.createFile(
        written,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (Writer writer = Files.newBufferedWriter(written)) {
      values.store(writer, "secrets of the local stack; ./chatterbox up --reset makes new ones");
    }
    Files.move(written, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
