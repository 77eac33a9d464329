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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// One service's replicas: calls go to each in turn, and to the next one when one cannot be
/// reached.
final class Upstream {
  private static final Logger LOG = Logger.getLogger(Upstream.class);
  private static final int TOO_LARGE = 413;

  private final String name;
  private final List<URI> replicas;
  private final HttpClient client;
  private final HttpProxy proxy;
  private final long largestBody;
  private final AtomicInteger turn = new AtomicInteger();

  Upstream(
      String name,
      List<String> urls,
      HttpClient client,
      ProxyInterceptor headers,
      long largestBody) {
    this.name = name;
    this.largestBody = largestBody;
    this.replicas = urls.stream().map(URI::create).toList();
    if (replicas.isEmpty() || replicas.stream().anyMatch(uri -> uri.getHost() == null)) {
      throw new IllegalArgumentException("no addresses of " + name);
    }
    this.client = client;
    this.proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(context -> connect(new RequestOptions(), turn.getAndIncrement(), 0))
            .addInterceptor(headers)
            .addInterceptor(new Enveloped());
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

  /// What the proxy itself or a service's HTTP layer says is told like everything else.
  private final class Enveloped implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      AtomicBoolean tooLarge = new AtomicBoolean();
      limitBody(context.request(), () -> tooLarge.set(true));
      return context
          .sendRequest()
          .map(Upstream::enveloped)
          .otherwise(e -> {
            ProxyResponse response = context.request().release().response();
            if (tooLarge.get()) {
              return Envelope.write(response, TOO_LARGE).putHeader("Connection", "close");
            }
            LOG.warnf("event=service-not-reached service=%s reason=%s", name, e.getMessage());
            return Envelope.write(
                response,
                ErrorCode.UNAVAILABLE,
                "This part of the service cannot be reached now. Try again.");
          });
    }
  }

  /// A body whose length was not said is counted while it passes.
  private void limitBody(ProxyRequest request, Runnable tooLarge) {
    Body body = request.getBody();
    if (body != null && body.length() < 0) {
      request.setBody(Body.body(new BoundedStream(body.stream(), largestBody, tooLarge)));
    }
  }

  private static ProxyResponse enveloped(ProxyResponse response) {
    int status = response.getStatusCode();
    String type = response.headers().get("Content-Type");
    return status < 400 || (type != null && type.startsWith("application/json"))
        ? response
        : Envelope.write(response.release(), status);
  }

  static Body body(String text) {
    return Body.body(io.vertx.core.buffer.Buffer.buffer(text));
  }
}
