package io.chatterbox.bus;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// This process's name among the processes that share a Redis.
@Singleton
public final class Node {
  private static final int RANDOM_BYTES = 4;

  private final String name;
  private final String incarnation;

  /// Names this process.
  ///
  /// @param configured `chatterbox.node-name`: unique among the processes that run at a time
  @Inject
  public Node(@ConfigProperty(name = "chatterbox.node-name") Optional<String> configured) {
    this.name = configured.orElseGet(() -> host() + "-" + random());
    this.incarnation = name + "-" + random();
  }

  /// The configured name, else the host's with a random part.
  public String name() {
    return name;
  }

  /// The name with a part that is new at every start.
  public String incarnation() {
    return incarnation;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
