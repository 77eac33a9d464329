package io.chatterbox.socketio;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/// Ids of 120 random bits as 20 characters that need no escaping in URLs and JSON.
public final class RandomIds implements Supplier<String> {
  private static final int BYTES = 15;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
