package io.chatterbox.bus;

import io.chatterbox.testkit.TestCluster;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one process has of the bus. Several of them in a JVM share nothing but Redis.
final class TestNode implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<CommandLoop> loops = new ArrayList<>();
  private final BusConfig config;
  private final Links links;
  private final Node node;
  private final Json json = new Json();
  private final Hints hints;
  private final Channels channels;
  private final CommandClient client;

  private boolean isKilled;

  private TestNode(
      RedisOptions redis, String name, Map<String, String> settings, OpenTelemetry telemetry) {
    this.hints = new Hints(json, new Traces(telemetry));
    this.config = config(settings);
    this.node = new Node(Optional.of(name));
    this.links = new Links(vertx, redis, config, meters);
    this.channels = new Channels(links, config);
    this.client = new CommandClient(links, channels, json, node, config, meters);
  }

  static TestNode at(String url, String name) {
    return with(url, name, Map.of());
  }

  static TestNode with(String url, String name, Map<String, String> settings) {
    return new TestNode(one(url), name, settings, OpenTelemetry.noop());
  }

  /// One whose Redis is several processes.
  static TestNode on(TestCluster cluster, String name, Map<String, String> settings) {
    RedisOptions options =
        new RedisOptions()
            .setType(RedisClientType.valueOf(cluster.type().toUpperCase(Locale.ROOT)))
            .setEndpoints(List.of(cluster.url().split(",", -1)))
            .setMasterName("main");
    return new TestNode(options, name, settings, OpenTelemetry.noop());
  }

  private static RedisOptions one(String url) {
    return new RedisOptions().setConnectionString(url);
  }

  /// One that follows messages.
  static TestNode following(String url, String name, OpenTelemetry telemetry) {
    return new TestNode(one(url), name, Map.of(), telemetry);
  }

  static BusConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(BusConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build()
        .getConfigMapping(BusConfig.class);
  }

  CommandLoop start(CommandProcessor processor) {
    CommandLoop loop = new CommandLoop(links, json, hints, node, config, meters);
    loop.start(processor);
    loops.add(loop);
    return loop;
  }

  CommandClient client() {
    return client;
  }

  DeadLetters deadLetters() {
    return new DeadLetters(links, json, node, config);
  }

  Channels channels() {
    return channels;
  }

  Publisher publisher() {
    return new Publisher(links, hints);
  }

  Requests requests() {
    return new Requests(links);
  }

  Links links() {
    return links;
  }

  Hints hints() {
    return hints;
  }

  Json json() {
    return json;
  }

  String incarnation() {
    return node.incarnation();
  }

  /// The value of a meter of this process, 0 when there is none.
  double measured(String name) {
    double sum = 0;
    for (Meter meter : meters.find(name).meters()) {
      sum += meter.measure().iterator().next().getValue();
    }
    return sum;
  }

  /// Ends as a killed process does: nothing is handed over.
  void kill() {
    if (isKilled) {
      return;
    }
    isKilled = true;
    loops.forEach(CommandLoop::abandon);
    links.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    kill();
  }
}
