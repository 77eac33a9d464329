package io.chatterbox.gateway.sockets;

import io.chatterbox.bus.Node;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// Session ids that say which gateway a session lives on: the gateway's name and a random part. The
/// name is only looked up, never taken for an address.
@Singleton
public final class SessionHome {
  private static final char SEPARATOR = '~';
  private static final int RANDOM_BYTES = 16;
  private static final int LONGEST = 300;

  private final String name;
  private final SecureRandom random = new SecureRandom();

  @Inject
  SessionHome(Node node) {
    this.name = node.name();
    if (!name.matches("[A-Za-z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          "chatterbox.node-name takes letters, digits, '.', '_' and '-' only");
    }
  }

  /// This gateway's name.
  public String name() {
    return name;
  }

  /// A new unguessable id of a session here.
  public String newId() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return name + SEPARATOR + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The other gateway that a session is said to live on; empty when it is this one, or none.
  public Optional<String> elsewhere(String sessionId) {
    int end = sessionId.lastIndexOf(SEPARATOR);
    if (end <= 0 || sessionId.length() > LONGEST) {
      return Optional.empty();
    }
    return Optional.of(sessionId.substring(0, end)).filter(other -> !other.equals(name));
  }
}
