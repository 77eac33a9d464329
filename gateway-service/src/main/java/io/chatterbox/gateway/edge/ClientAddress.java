package io.chatterbox.gateway.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/// Where a request comes from.
final class ClientAddress {
  private ClientAddress() {}

  /// The peer's address, as the HTTP server sees it.
  static String of(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    return peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
  }
}
