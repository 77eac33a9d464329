package io.chatterbox.chat;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonValue;

/// What MongoDB is asked for a command that is followed, as spans below that command's.
///
/// Instead of the listener that Quarkus has, which writes every command out as JSON, whether or not
/// it is followed: with batches of hundreds of messages that was a fifth of the service's work.
@Singleton
class StoreTraces implements CommandListener {
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system");

  private final Tracer tracer;
  private final Map<Integer, Span> open = new ConcurrentHashMap<>();

  StoreTraces(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.chatterbox.chat");
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    if (!Span.current().getSpanContext().isSampled()) {
      return;
    }
    BsonValue about = event.getCommand().get(event.getCommandName());
    String where =
        about != null && about.isString()
            ? event.getDatabaseName() + "." + about.asString().getValue()
            : event.getDatabaseName();
    open.put(
        event.getRequestId(),
        tracer
            .spanBuilder(event.getCommandName() + " " + where)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(SYSTEM, "mongodb")
            .startSpan());
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    Span span = open.remove(event.getRequestId());
    if (span != null) {
      span.end();
    }
  }

  @Override
  public void commandFailed(CommandFailedEvent event) {
    Span span = open.remove(event.getRequestId());
    if (span != null) {
      span.setStatus(StatusCode.ERROR, event.getThrowable().getClass().getSimpleName()).end();
    }
  }
}
