package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// One service's replicas: calls go to each in turn, and to the next one when one cannot be
/// reached.
final class Upstream {
  private static final Logger LOG = Logger.getLogger(Upstream.class);

  private final String name;
  private final List<URI> replicas;
  private final HttpClient client;
  private final HttpProxy proxy;
  private final AtomicInteger turn = new AtomicInteger();

  Upstream(String name, List<String> urls, HttpClient client, ProxyInterceptor headers) {
    this.name = name;
    this.replicas = urls.stream().map(URI::create).toList();
    if (replicas.isEmpty() || replicas.stream().anyMatch(uri -> uri.getHost() == null)) {
      throw new IllegalArgumentException("no addresses of " + name);
    }
    this.client = client;
    this.proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(context -> connect(new RequestOptions(), turn.getAndIncrement(), 0))
            .addInterceptor(headers)
            .addInterceptor(new Unreachable());
  }

  String name() {
    return name;
  }

  /// Passes a call on, and the answer back.
  void pass(HttpServerRequest request) {
    proxy.handle(request);
  }

  /// Whether any replica says that it is ready.
  Future<Boolean> isReady(long patienceMillis) {
    RequestOptions ready =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setURI("/q/health/ready")
            .setTimeout(patienceMillis);
    return connect(ready, turn.getAndIncrement(), 0)
        .compose(HttpClientRequest::send)
        .compose(response -> response.end().map(_ -> response.statusCode() == 200))
        .otherwise(false);
  }

  private Future<HttpClientRequest> connect(RequestOptions options, int from, int tried) {
    URI replica = replicas.get(Math.floorMod(from + tried, replicas.size()));
    boolean isSecure = "https".equals(replica.getScheme());
    int port = replica.getPort() > 0 ? replica.getPort() : isSecure ? 443 : 80;
    RequestOptions one =
        new RequestOptions(options).setHost(replica.getHost()).setPort(port).setSsl(isSecure);
    return client
        .request(one)
        .recover(e ->
            tried + 1 < replicas.size()
                ? connect(options, from, tried + 1)
                : Future.failedFuture(e));
  }

  /// What the proxy itself cannot do is told like everything else.
  private final class Unreachable implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      return context
          .sendRequest()
          .otherwise(e -> {
            LOG.warnf("event=service-not-reached service=%s reason=%s", name, e.getMessage());
            ProxyRequest request = context.request().release();
            return Envelope.write(
                request.response(),
                ErrorCode.UNAVAILABLE,
                "This part of the service cannot be reached now. Try again.");
          });
    }
  }

  static Body body(String text) {
    return Body.body(io.vertx.core.buffer.Buffer.buffer(text));
  }
}
