package io.chatterbox.bus.report;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Node;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Report;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Answers who asks for this process's report. While nobody does, all it costs is a sign of life
/// every few seconds, by which one that was killed is known to whoever looks later.
@Singleton
final class Reporter {
  private static final Logger LOG = Logger.getLogger(Reporter.class);
  private static final long SIGN_MILLIS = 5_000;
  private static final long GOODBYE_MILLIS = 500;
  private static final String SUFFIX = "-service";

  /// Who this process is.
  @Singleton
  record Self(String service, String version, Instant startedAt) {
    @Inject
    Self(
        @ConfigProperty(name = "quarkus.application.name") String application,
        @ConfigProperty(name = "quarkus.application.version") String version) {
      this(
          application.endsWith(SUFFIX)
              ? application.substring(0, application.length() - SUFFIX.length())
              : application,
          version,
          Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }
  }

  /// The bus, as far as it is needed here.
  @Singleton
  record Road(Channels channels, Requests redis, Json json, Node node) {}

  private final Road road;
  private final Self self;
  private final Readiness readiness;
  private final List<FigureSource> sources;
  private final Vertx vertx;
  private volatile long timer;

  @Inject
  Reporter(
      Road road, Self self, Readiness readiness, @All List<FigureSource> sources, Vertx vertx) {
    this.road = road;
    this.self = self;
    this.readiness = readiness;
    this.sources = List.copyOf(sources);
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    road.channels()
        .subscribe(RedisNames.reportQuestions(), this::asked)
        .onFailure(e -> LOG.debugf("event=report-questions-not-heard-yet reason=%s", e));
    sign();
    timer = vertx.setPeriodic(SIGN_MILLIS, _ -> sign());
  }

  /// A process that ends by itself is not missed.
  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
    try {
      road.redis()
          .send(Request.cmd(Command.ZREM, RedisNames.processes(), member()))
          .toCompletionStage()
          .toCompletableFuture()
          .get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("event=goodbye-not-said reason=%s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void asked(Buffer replyTo) {
    tell(replyTo.toString(), road.json().write(report()).bytes());
  }

  private Report report() {
    Map<String, Double> figures = new HashMap<>();
    sources.forEach(source -> figures.putAll(source.figures()));
    return new Report(
        road.node().name(),
        road.node().incarnation(),
        self.service(),
        self.version(),
        self.startedAt(),
        readiness.failing(),
        figures);
  }

  private void tell(String channel, byte[] report) {
    road.redis()
        .publish(channel, report)
        .onFailure(e -> LOG.debugf("event=report-not-told reason=%s", e));
  }

  private void sign() {
    long now = System.currentTimeMillis();
    road.redis()
        .send(Request.cmd(Command.ZADD, RedisNames.processes(), Long.toString(now), member()))
        .onFailure(e -> LOG.debugf("event=sign-not-given reason=%s", e));
  }

  private String member() {
    return self.service() + "/" + road.node().name();
  }
}
