package io.chatterbox.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Starts the gateway.
@QuarkusMain
public final class Main {
  /// Quarkus answers a request line that is no URI with a bare 400, before any route. Without that
  /// check such a request reaches the edge, which refuses it in the common envelope. Read when
  /// Quarkus's HTTP classes are loaded, so a setting would come too late.
  public static final String NO_CHECK_BY_QUARKUS = "vertx.disableURIValidation";

  private Main() {}

  public static void main(String... args) {
    System.setProperty(NO_CHECK_BY_QUARKUS, "true");
    Quarkus.run(args);
  }
}
