package io.chatterbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ConnectionDescription;
import com.mongodb.connection.ServerId;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreTracesTest {
  private static final ConnectionDescription CONNECTION =
      new ConnectionDescription(new ServerId(new ClusterId(), new ServerAddress()));

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final Tracer tracer = telemetry.getTracer("test");
  private final StoreTraces traces = new StoreTraces(telemetry);

  @Test
  void whatAFollowedCommandAsksIsASpanBelowIt() {
    Span command = tracer.spanBuilder("chat send-message").startSpan();
    try (Scope scope = command.makeCurrent()) {
      assertThat(scope).isNotNull();
      traces.commandStarted(started(1, new BsonDocument("insert", new BsonString("log"))));
      traces.commandStarted(started(2, new BsonDocument("insert", new BsonString("log"))));
    }
    traces.commandSucceeded(
        new CommandSucceededEvent(null, 1, 1, CONNECTION, "chat", "insert", new BsonDocument(), 5));
    traces.commandFailed(
        new CommandFailedEvent(
            null, 1, 2, CONNECTION, "chat", "insert", 5, new IllegalStateException("secret")));
    command.end();

    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("insert chat.log", "insert chat.log", "chat send-message");
    assertThat(spans.getFinishedSpanItems().subList(0, 2))
        .allSatisfy(span ->
            assertThat(span.getParentSpanId()).isEqualTo(command.getSpanContext().getSpanId()));
    assertThat(spans.getFinishedSpanItems().get(1).getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
    assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
  }

  @Test
  void nothingIsEvenReadOfWhatIsNotFollowed() {
    traces.commandStarted(started(1, new Unreadable()));
    traces.commandSucceeded(
        new CommandSucceededEvent(null, 1, 1, CONNECTION, "chat", "insert", new BsonDocument(), 5));
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  private static CommandStartedEvent started(int requestId, BsonDocument command) {
    return new CommandStartedEvent(null, 1, requestId, CONNECTION, "chat", "insert", command);
  }

  private static final class Unreadable extends BsonDocument {
    private static final long serialVersionUID = 1;

    @Override
    public BsonValue get(@Nullable Object key) {
      throw new AssertionError("it was read");
    }

    @Override
    public String toJson() {
      throw new AssertionError("it was written out");
    }
  }
}
