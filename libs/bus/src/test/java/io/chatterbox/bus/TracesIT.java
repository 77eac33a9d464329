package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A message is followed from the gateway to its service and out to every gateway.
class TracesIT {
  private static final Key KEY = Key.conversation("c1");

  private static StoreProcess redis;
  private static RedisCalls calls;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Ledger ledger = new Ledger();

  @BeforeAll
  static void startRedis() {
    redis = TestRedis.start();
    calls = new RedisCalls(redis.url());
  }

  @AfterAll
  static void stopRedis() {
    calls.close();
    redis.close();
  }

  @BeforeEach
  void empty() {
    calls.call(Command.FLUSHALL);
  }

  @Test
  void oneTraceReachesTheServiceAndBothGateways() {
    OpenTelemetry telemetry = telemetry(Sampler.alwaysOn());
    try (TestNode gateway = TestNode.following(redis.url(), "gateway", telemetry);
        TestNode other = TestNode.following(redis.url(), "other", telemetry);
        TestNode chat = TestNode.following(redis.url(), "chat", telemetry)) {
      listen(gateway);
      listen(other);
      AtomicReference<String> current = new AtomicReference<>("");
      AtomicReference<String> logged = new AtomicReference<>("");
      ledger.beforeBatch(batch -> {
        // both may come in one batch, or one after the other
        if (batch.stream().anyMatch(command -> command.id().equals("followed"))) {
          current.set(Span.current().getSpanContext().getTraceId());
          logged.set(String.valueOf(MDC.get("traceId")));
        }
      });
      chat.start(ledger.processor(Service.CHAT));

      Trace trace = new Traces(telemetry).begin("send-message");
      Answers answers = new Answers();
      gateway.client().send(entry("followed", trace.parent()), answers);
      gateway.client().send(entry("not-followed", ""), answers);
      answers.await(2);
      trace.end();
      await().until(() -> named("hear").size() >= 2);

      SpanData root = only("send-message");
      SpanData handled = only("chat send-message");
      assertThat(root.getKind()).isEqualTo(SpanKind.SERVER);
      assertThat(handled.getParentSpanId()).isEqualTo(root.getSpanId());
      assertThat(named("hear"))
          .hasSize(2)
          .allSatisfy(heard -> assertThat(heard.getParentSpanId()).isEqualTo(handled.getSpanId()));
      assertThat(spans.getFinishedSpanItems())
          .hasSize(4)
          .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(root.getTraceId()));
      // what the service asks its database meanwhile, and logs, belongs to the message
      assertThat(List.of(current.get(), logged.get())).containsOnly(root.getTraceId());
    }
  }

  @Test
  void whatIsNotFollowedCarriesNothing() {
    OpenTelemetry telemetry = telemetry(Sampler.alwaysOff());
    Trace trace = new Traces(telemetry).begin("send-message");
    assertThat(trace.parent()).isEmpty();
    assertThat(new Traces(OpenTelemetry.noop()).begin("send-message").parent()).isEmpty();
    try (TestNode gateway = TestNode.following(redis.url(), "gateway", telemetry)) {
      gateway.client().send(entry("a", trace.parent()), new Answers());
      String stream = Service.CHAT.partitionOf(KEY).commands();
      await().until(() -> calls.number(Command.XLEN, stream) == 1);
      assertThat(String.valueOf(calls.call(Command.XRANGE, stream, "-", "+")))
          .doesNotContain("trace");
    }
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  private OpenTelemetry telemetry(Sampler sampler) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build())
        .build();
  }

  private static void listen(TestNode node) {
    String channel = Service.CHAT.partitionOf(KEY).channel(KEY);
    Future<Void> subscribed =
        node.channels().subscribe(channel, message -> node.hints().read(message));
    await().until(subscribed::isComplete);
  }

  private static CommandEntry entry(String id, String trace) {
    return new CommandEntry(
        Service.CHAT,
        KEY,
        Answers.ADA,
        List.of(new CommandItem(id, "send-message", RawJson.of("{}"), trace)));
  }

  private List<SpanData> named(String prefix) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().startsWith(prefix))
        .toList();
  }

  private SpanData only(String name) {
    Optional<SpanData> found =
        spans.getFinishedSpanItems().stream()
            .filter(span -> span.getName().equals(name))
            .findFirst();
    return found.orElseThrow(() -> new AssertionError("no span " + name));
  }
}
