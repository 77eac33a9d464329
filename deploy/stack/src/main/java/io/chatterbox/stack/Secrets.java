package io.chatterbox.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The secrets that the services of one machine share: made at the first start, kept in a file that
/// only its owner reads, and handed over as environment variables.
final class Secrets {
  private static final List<String> NAMES =
      List.of(
          "CHATTERBOX_AUTH_KEY_ENCRYPTION_KEY",
          "CHATTERBOX_SERVICES_SHARED_SECRET",
          "CHATTERBOX_FILES_URL_SIGNING_KEY");
  private static final int BYTES = 32;

  private Secrets() {}

  /// @return the variables, each 32 random bytes in base64
  static Map<String, String> in(Path file) throws IOException {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        kept.load(reader);
      }
    }
    SecureRandom random = new SecureRandom();
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String name : NAMES) {
      String value = kept.getProperty(name);
      if (value == null) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        value = Base64.getEncoder().encodeToString(bytes);
        kept.setProperty(name, value);
      }
      secrets.put(name, value);
    }
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (var writer = Files.newBufferedWriter(file)) {
      kept.store(writer, null);
    }
    return secrets;
  }
}
