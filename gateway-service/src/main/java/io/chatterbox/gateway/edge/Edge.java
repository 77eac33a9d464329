package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.authority.Tokens;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// The way of REST calls: the token is checked before anything else of a call, then its service is
/// asked. All failures have the common envelope.
@Singleton
final class Edge {
  private static final Logger LOG = Logger.getLogger(Edge.class);
  private static final int EARLY = -50;
  private static final int LAST = 100_000;
  private static final String BEARER = "bearer ";
  private static final Set<String> OPEN =
      Set.of(
          "/api/health",
          "/api/auth/register",
          "/api/auth/login",
          "/api/auth/refresh",
          "/api/auth/forgot-password",
          "/api/auth/reset-password");

  /// A signed address of a file's bytes is its own permission; chat-service checks it.
  private static final Pattern FILE_CONTENT =
      Pattern.compile("/api/files/[^/]+/(?:content|thumbnail)");

  private final Upstreams upstreams;
  private final Tokens tokens;
  private final Health health;
  private final Page page;
  private final GatewayConfig config;

  @Inject
  Edge(Upstreams upstreams, Tokens tokens, Health health, Page page, GatewayConfig config) {
    this.upstreams = upstreams;
    this.tokens = tokens;
    this.health = health;
    this.page = page;
    this.config = config;
  }

  void mount(@Observes Router router) {
    CrossOrigin crossOrigin = new CrossOrigin(config.corsOrigins().orElse(Set.of()));
    router.route("/api/*").order(EARLY).handler(crossOrigin::handle);
    router.route("/api/*").order(EARLY + 1).handler(this::api);
    router.route("/.well-known/jwks.json").order(EARLY).handler(call -> keys(call));
    router.route(HttpMethod.GET, "/").order(EARLY).handler(page::show);
    router.route().order(LAST).handler(call -> refuse(call, nothingHere()));
    router
        .route()
        .order(EARLY - 1)
        .failureHandler(call -> {
          LOG.error("event=request-failed", call.failure());
          refuse(call, new Refusal(ErrorCode.SERVER_ERROR, "Something went wrong on our side."));
        });
  }

  private void api(RoutingContext call) {
    String path = call.normalizedPath();
    HttpServerRequest request = call.request();
    if (isOpen(request, path)) {
      pass(call, path);
      return;
    }
    Optional<String> token = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (token.isEmpty()) {
      refuse(call, new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first."));
      return;
    }
    request.pause();
    tokens
        .check(token.get())
        .onComplete(checked ->
            call.vertx()
                .runOnContext(_ -> {
                  if (checked.succeeded()) {
                    pass(call, path);
                  } else {
                    request.resume();
                    refuse(call, refusal(checked.cause()));
                  }
                }));
  }

  private void pass(RoutingContext call, String path) {
    HttpServerRequest request = call.request();
    if (isTooLarge(request)) {
      request.resume();
      refuse(call, new Refusal(ErrorCode.PAYLOAD_TOO_LARGE, "This is too large."));
      return;
    }
    if (path.equals("/api/health")) {
      request.resume();
      health(call);
      return;
    }
    Optional<Upstream> upstream = upstreams.of(path);
    if (upstream.isEmpty()) {
      request.resume();
      refuse(call, nothingHere());
    } else {
      upstream.get().pass(request);
    }
  }

  private void health(RoutingContext call) {
    if (!HttpMethod.GET.equals(call.request().method())) {
      refuse(call, nothingHere());
      return;
    }
    health
        .report()
        .onSuccess(report ->
            call.vertx()
                .runOnContext(_ ->
                    call.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(report.toBuffer())));
  }

  private void keys(RoutingContext call) {
    if (HttpMethod.GET.equals(call.request().method())) {
      upstreams.auth().pass(call.request());
    } else {
      refuse(call, nothingHere());
    }
  }

  private boolean isTooLarge(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length != null && Long.parseLong(length) > config.edge().largestBody();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isOpen(HttpServerRequest request, String path) {
    return OPEN.contains(path)
        || (HttpMethod.GET.equals(request.method())
            && FILE_CONTENT.matcher(path).matches()
            && request.getParam("signature") != null);
  }

  private static Optional<String> bearer(@org.jspecify.annotations.Nullable String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private static void refuse(RoutingContext call, Refusal refusal) {
    Envelope.write(call.response(), refusal);
  }

  private static Refusal refusal(Throwable cause) {
    return cause instanceof Refusal refusal
        ? refusal
        : new Refusal(ErrorCode.UNAVAILABLE, "The token cannot be checked now. Try again.");
  }

  private static Refusal nothingHere() {
    return Refusal.notFound("There is nothing here.");
  }
}
