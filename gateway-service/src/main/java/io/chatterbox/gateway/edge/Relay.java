package io.chatterbox.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Passes polls and WebSocket upgrades of a session that lives on another gateway to that gateway,
/// at the address that it registered itself. Once: what was passed on is answered where it arrives.
@Singleton
public final class Relay {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final String PASSED_ON = "X-ChatterBox-Passed-On";
  private static final int CONNECT_MILLIS = 1_000;
  private static final int CONNECTIONS = 4_096;
  private static final int IDLE_SECONDS = 90;

  private final Addresses addresses;
  private final HttpClient client;
  private final Map<String, HttpProxy> proxies = new ConcurrentHashMap<>();

  @Inject
  Relay(Vertx vertx, Addresses addresses) {
    this.addresses = addresses;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxPoolSize(CONNECTIONS));
  }

  /// Passes a request on, or has it answered here if there is no such gateway.
  public void pass(HttpServerRequest request, String gateway, Handler<HttpServerRequest> here) {
    if (request.getHeader(PASSED_ON) != null) {
      here.handle(request);
      return;
    }
    request.pause();
    Optional<String> known = addresses.cached(gateway);
    Future<Optional<String>> address =
        known.isPresent() ? Future.succeededFuture(known) : addresses.of(gateway);
    address.onComplete(found -> {
      if (found.succeeded() && found.result().isPresent()) {
        proxy(found.result().get()).handle(request);
      } else {
        request.resume();
        here.handle(request);
      }
    });
  }

  private HttpProxy proxy(String address) {
    if (proxies.size() > CONNECTIONS) {
      // addresses of gateways that have gone
      proxies.clear();
    }
    return proxies.computeIfAbsent(address, this::newProxy);
  }

  private HttpProxy newProxy(String address) {
    int colon = address.lastIndexOf(':');
    RequestOptions target =
        new RequestOptions()
            .setHost(address.substring(0, colon))
            .setPort(Integer.parseInt(address.substring(colon + 1)));
    return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(true), client)
        .origin(_ -> client.request(new RequestOptions(target)))
        .addInterceptor(
            new ProxyInterceptor() {
              @Override
              public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                context.request().headers().set(PASSED_ON, "1");
                return context
                    .sendRequest()
                    .otherwise(e -> {
                      LOG.warnf("event=gateway-not-reached reason=%s", e.getMessage());
                      ProxyResponse gone = context.request().release().response();
                      // as for a session that there is not: the client begins anew
                      gone.headers().clear();
                      return gone.setStatusCode(400)
                          .putHeader("Content-Type", "application/json")
                          .setBody(
                              Upstream.body("{\"code\":1,\"message\":\"Session ID unknown\"}"));
                    });
              }
            });
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
