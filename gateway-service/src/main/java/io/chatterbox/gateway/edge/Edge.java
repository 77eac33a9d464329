package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.GatewayConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// The way of REST calls: the token is checked before anything else of a call, then its service is
/// asked. All failures have the common envelope.
@Singleton
final class Edge {
  private static final Logger LOG = Logger.getLogger(Edge.class);
  private static final Duration REST = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int FIRST = -1_000;
  private static final int EARLY = -50;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int LAST = 100_000;
  private static final Set<String> OPEN =
      Set.of(
          "/api/auth/register",
          "/api/auth/login",
          "/api/auth/refresh",
          "/api/auth/forgot-password",
          "/api/auth/reset-password");

  /// A signed address of a file's bytes is its own permission; chat-service checks it.
  private static final Pattern FILE_CONTENT =
      Pattern.compile("/api/files/[^/]+/(?:content|thumbnail)/?");

  private final Upstreams upstreams;
  private final Door door;
  private final Health health;
  private final Page page;
  private final GatewayConfig config;
  private final AtomicInteger underWay = new AtomicInteger();

  @Inject
  Edge(Upstreams upstreams, Door door, Health health, Page page, GatewayConfig config) {
    this.upstreams = upstreams;
    this.door = door;
    this.health = health;
    this.page = page;
    this.config = config;
  }

  void mount(@Observes Router router) {
    CrossOrigin crossOrigin = new CrossOrigin(config.corsOrigins().orElse(Set.of()));
    RequestForm form = new RequestForm(config.edge());
    // before any route that has a path: comparing paths decodes them
    router.route().order(FIRST).handler(form::check);
    router.route("/q/*").order(EARLY).handler(Edge::inside);
    router.route("/api/*").order(EARLY).handler(SafeHeaders::add);
    router.route("/api/*").order(EARLY + 1).handler(crossOrigin::handle);
    router.route("/api/*").order(EARLY + 2).handler(this::api);
    router.route("/.well-known/jwks.json").order(EARLY).handler(this::keys);
    page.paths().forEach(path -> router.route(path).order(EARLY).handler(this::page));
    router.route().order(LAST).handler(call -> refuse(call, nothingHere()));
    router
        .route()
        .order(FIRST - 1)
        .failureHandler(call -> {
          int status = call.statusCode();
          if (status >= 400 && status < 500) {
            Envelope.write(call.response(), status);
          } else {
            LOG.error("event=request-failed", call.failure());
            refuse(call, new Refusal(ErrorCode.SERVER_ERROR, "Something went wrong on our side."));
          }
        });
  }

  /// Waits for calls that are under way, when sockets have gone.
  void stop(
      @Observes @Priority(Interceptor.Priority.APPLICATION + 1) ShutdownDelayInitiatedEvent event) {
    try {
      long end = System.nanoTime() + REST.toNanos();
      while (underWay.get() > 0 && System.nanoTime() < end) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.infof("event=edge-drained calls=%d", underWay.get());
  }

  /// Health and figures are for those inside: what came through a proxy came from outside.
  private static void inside(RoutingContext call) {
    HttpServerRequest request = call.request();
    if (request.headers().contains("X-Forwarded-For") || request.headers().contains("Forwarded")) {
      refuse(call, nothingHere());
    } else {
      call.next();
    }
  }

  private void api(RoutingContext call) {
    HttpServerRequest request = call.request();
    if (isHealth(call)) {
      health(call);
      return;
    }
    request.pause();
    underWay.incrementAndGet();
    call.addEndHandler(_ -> underWay.decrementAndGet());
    door.enter(request, isOpen(request, call.normalizedPath()))
        .onComplete(entered ->
            call.vertx()
                .runOnContext(_ -> {
                  if (entered.succeeded()) {
                    pass(call);
                  } else {
                    request.resume();
                    refuse(call, refusal(entered.cause()));
                  }
                }));
  }

  private void pass(RoutingContext call) {
    HttpServerRequest request = call.request();
    Optional<Refusal> bad = RequestForm.refusal(request, config.edge().largestBody());
    Optional<Upstream> upstream = upstreams.of(call.normalizedPath());
    if (bad.isPresent()) {
      request.resume();
      refuse(call, bad.get());
    } else if (upstream.isEmpty()) {
      request.resume();
      refuse(call, nothingHere());
    } else {
      upstream.get().pass(request);
    }
  }

  private void health(RoutingContext call) {
    if (!isReading(call)) {
      Envelope.write(call.response(), METHOD_NOT_ALLOWED);
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
    if (isReading(call)) {
      upstreams.auth().pass(call.request());
    } else {
      Envelope.write(call.response(), METHOD_NOT_ALLOWED);
    }
  }

  private void page(RoutingContext call) {
    if (isReading(call)) {
      page.show(call);
    } else {
      Envelope.write(call.response(), METHOD_NOT_ALLOWED);
    }
  }

  private static boolean isReading(RoutingContext call) {
    HttpMethod method = call.request().method();
    return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
  }

  private static boolean isHealth(RoutingContext call) {
    return call.normalizedPath().equals("/api/health");
  }

  private static boolean isOpen(HttpServerRequest request, String path) {
    return OPEN.contains(path)
        || (HttpMethod.GET.equals(request.method())
            && FILE_CONTENT.matcher(path).matches()
            && request.getParam("signature") != null);
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
