package io.chatterbox.bus;

/// Where a Redis process listens.
record Address(String host, int port) {

  /// Reads `host:port`, as Redis writes it when it sends somebody elsewhere.
  ///
  /// @throws IllegalArgumentException for anything else
  static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not an address: " + text);
    }
    return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
