package io.chatterbox.bus;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Service;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Follows a message from the frame that brings it to its service and its database, and back over
/// the bus to every gateway that hears of it.
///
/// A gateway decides for each event whether it is followed; the decision goes with the command, and
/// with what the command caused, as a W3C `traceparent`. What is not followed carries nothing.
@Singleton
public final class Traces {
  private static final int LENGTH = 55;
  private static final String TRACE_ID = "traceId";
  private static final String SPAN_ID = "spanId";
  private static final AttributeKey<String> KEY = AttributeKey.stringKey("chatterbox.key.kind");
  private static final AttributeKey<Long> BATCH = AttributeKey.longKey("chatterbox.batch.size");

  private final Tracer tracer;

  @Inject
  Traces(Instance<OpenTelemetry> telemetry) {
    this(telemetry.isResolvable() ? telemetry.get() : OpenTelemetry.noop());
  }

  /// @param telemetry of this process
  public Traces(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.chatterbox.bus");
  }

  /// A client's event came in. Its name has to be one that exists: names of spans are kept.
  public Trace begin(String event) {
    return Trace.of(
        tracer.spanBuilder(event).setSpanKind(SpanKind.SERVER).setNoParent().startSpan());
  }

  /// A service is about to handle commands. Ends with [Handling#close].
  Handling handling(Service service, List<Work> works) {
    Handling handling = new Handling();
    for (Work work : works) {
      PendingCommand command = work.command();
      SpanContext parent = read(command.trace());
      if (parent.isValid()) {
        handling.add(
            command.id(),
            tracer
                .spanBuilder(service.id() + " " + command.event())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(Context.root().with(Span.wrap(parent)))
                .setAttribute(KEY, command.key().kind().name())
                .setAttribute(BATCH, (long) works.size())
                .startSpan());
      }
    }
    return handling;
  }

  /// A hint that belongs to a followed command was heard.
  void heard(String trace, List<ClientEvent> events) {
    SpanContext parent = read(trace);
    if (parent.isValid()) {
      String name = events.isEmpty() ? "nothing" : events.getFirst().event();
      tracer
          .spanBuilder("hear " + name)
          .setSpanKind(SpanKind.CONSUMER)
          .setParent(Context.root().with(Span.wrap(parent)))
          .startSpan()
          .end();
    }
  }

  /// A `traceparent` (<https://www.w3.org/TR/trace-context/#traceparent-header>).
  static String written(SpanContext context) {
    return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-01";
  }

  /// What [#written] wrote; invalid for anything else.
  private static SpanContext read(String trace) {
    return trace.length() == LENGTH
        ? SpanContext.createFromRemoteParent(
            trace.substring(3, 35),
            trace.substring(36, 52),
            TraceFlags.getSampled(),
            TraceState.getDefault())
        : SpanContext.getInvalid();
  }

  /// Commands being handled. What the database is asked meanwhile belongs to the first of those
  /// that are followed, and so does what is logged.
  static final class Handling implements AutoCloseable {
    private final Map<String, Span> byCommand = new HashMap<>(0);
    private @Nullable Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // closed with this
    private void add(String commandId, Span span) {
      byCommand.put(commandId, span);
      if (scope == null) {
        scope = span.makeCurrent();
        MDC.put(TRACE_ID, span.getSpanContext().getTraceId());
        MDC.put(SPAN_ID, span.getSpanContext().getSpanId());
      }
    }

    /// The changes with the traces of the commands that made them.
    List<Publication> followed(List<Work> works, Outcome outcome) {
      if (byCommand.isEmpty()) {
        return outcome.publications();
      }
      Map<String, Work> ids = new HashMap<>();
      works.forEach(work -> ids.put(work.command().id(), work));
      Map<String, String> traces = new HashMap<>();
      for (Reply reply : outcome.replies()) {
        Span span = byCommand.get(reply.commandId());
        Work work = ids.get(reply.commandId());
        if (span != null && work != null && reply instanceof Reply.Done done) {
          traces.put(
              work.command().key().text() + " " + done.rev(), written(span.getSpanContext()));
        }
      }
      List<Publication> followed = new ArrayList<>(outcome.publications().size());
      for (Publication publication : outcome.publications()) {
        String trace =
            publication.hint() instanceof Hint.Change change
                ? traces.getOrDefault(publication.key().text() + " " + change.rev(), "")
                : "";
        followed.add(new Publication(publication.key(), publication.hint(), trace));
      }
      return followed;
    }

    @Override
    public void close() {
      if (scope != null) {
        scope.close();
        MDC.remove(TRACE_ID);
        MDC.remove(SPAN_ID);
      }
      byCommand.values().forEach(Span::end);
    }
  }
}
