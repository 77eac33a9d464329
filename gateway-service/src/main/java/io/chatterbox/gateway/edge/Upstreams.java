package io.chatterbox.gateway.edge;

import io.chatterbox.gateway.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which service answers which path.
@Singleton
final class Upstreams {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int WAITING = 1_000;
  private static final Pattern PRESENCE = Pattern.compile("/api/users/[^/]+/presence/?");

  private final HttpClient client;
  private final Upstream auth;
  private final Upstream chat;
  private final Upstream presence;
  private final Upstream ai;

  @Inject
  Upstreams(Vertx vertx, ServicesConfig services, GatewayConfig config, ClientAddresses addresses) {
    int idle = (int) Math.max(1, config.edge().patience().toSeconds());
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(idle)
                .setMaxPoolSize(config.edge().connections())
                .setMaxWaitQueueSize(WAITING));
    ForwardedHeaders headers = new ForwardedHeaders(addresses);
    long largest = config.edge().largestBody();
    this.auth = new Upstream("auth", services.authUrls(), client, headers, largest);
    this.chat = new Upstream("chat", services.chatUrls(), client, headers, largest);
    this.presence = new Upstream("presence", services.presenceUrls(), client, headers, largest);
    this.ai = new Upstream("ai", services.aiUrls(), client, headers, largest);
  }

  List<Upstream> all() {
    return List.of(auth, chat, presence, ai);
  }

  /// The keys of access tokens.
  Upstream auth() {
    return auth;
  }

  /// @param path without dot segments
  Optional<Upstream> of(String path) {
    if (PRESENCE.matcher(path).matches()) {
      return Optional.of(presence);
    }
    if (isBelow(path, "/api/auth") || isBelow(path, "/api/users")) {
      return Optional.of(auth);
    }
    if (isBelow(path, "/api/conversations")
        || isBelow(path, "/api/rooms")
        || isBelow(path, "/api/files")
        || isBelow(path, "/api/search")) {
      return Optional.of(chat);
    }
    return isBelow(path, "/api/ai") ? Optional.of(ai) : Optional.empty();
  }

  private static boolean isBelow(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /// What services are told of the caller: the gateway's own word only.
  private static final class ForwardedHeaders implements ProxyInterceptor {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final ClientAddresses addresses;

    ForwardedHeaders(ClientAddresses addresses) {
      this.addresses = addresses;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      ProxyRequest request = context.request();
      HttpServerRequest proxied = request.proxiedRequest();
      String client = addresses.of(proxied);
      List<String> names = List.copyOf(request.headers().names());
      for (String name : names) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("x-chatterbox-")
            || lower.startsWith("x-forwarded-")
            || lower.equals("forwarded")) {
          request.headers().remove(name);
        }
      }
      request.headers().set(FORWARDED_FOR, client);
      request.headers().set("X-Forwarded-Proto", proxied.isSSL() ? "https" : "http");
      if (proxied.authority() != null) {
        request.headers().set("X-Forwarded-Host", proxied.authority().toString());
      }
      return context.sendRequest();
    }
  }
}
