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
            .map(ClientAddresses::withoutPort)
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

  /// Some proxies name the port, too: `192.0.2.1:5678`, `[2001:db8::1]:5678`.
  private static String withoutPort(String entry) {
    String address = entry.strip();
    if (address.startsWith("[")) {
      return address.substring(1, Math.max(1, address.indexOf(']')));
    }
    int colon = address.indexOf(':');
    return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
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
