package io.chatterbox.gateway.edge;

import io.chatterbox.gateway.GatewayConfig;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Where requests come from. What a request itself says of that is believed only when a trusted
/// proxy has passed it on, and only what trusted proxies have added.
@Singleton
public final class ClientAddresses {
  private static final int IPV6_BYTES = 16;
  private static final int IPV6_NETWORK_BYTES = 8;

  private final List<Network> trusted;

  @Inject
  ClientAddresses(GatewayConfig config) {
    this(config.trustedProxies().orElse(List.of()));
  }

  ClientAddresses(List<String> trusted) {
    this.trusted = trusted.stream().map(Network::parse).toList();
  }

  /// The client's address.
  String of(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    return of(
        peer == null || peer.hostAddress() == null ? "" : peer.hostAddress(),
        request.headers().getAll("X-Forwarded-For"));
  }

  /// @param peer who has sent it
  /// @param forwardedFor the headers, each with addresses separated by commas
  public String of(String peer, List<String> forwardedFor) {
    String client = peer;
    List<String> said =
        forwardedFor.stream()
            .flatMap(header -> List.of(header.split(",", -1)).stream())
            .map(String::strip)
            .toList();
    // each proxy appends whom it was asked by, so what is not added by a trusted one comes first
    for (String before : said.reversed()) {
      if (!isTrusted(client) || !isAddress(before)) {
        break;
      }
      client = before;
    }
    return client;
  }

  /// What limits are counted for: one machine can have a whole IPv6 network.
  static String counted(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length != IPV6_BYTES) {
      return address;
    }
    byte[] network = new byte[IPV6_BYTES];
    System.arraycopy(bytes, 0, network, 0, IPV6_NETWORK_BYTES);
    return NetUtil.bytesToIpAddress(network) + "/64";
  }

  private boolean isTrusted(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes != null && trusted.stream().anyMatch(network -> network.contains(bytes));
  }

  private static boolean isAddress(String text) {
    return NetUtil.createByteArrayFromIpAddressString(text) != null;
  }
}
