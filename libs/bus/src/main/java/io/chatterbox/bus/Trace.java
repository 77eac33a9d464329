package io.chatterbox.bus;

import io.chatterbox.contract.ErrorCode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;

/// A client's event that is followed over all processes, or one that is not: that is [#NONE].
public final class Trace {
  /// Nothing is followed.
  public static final Trace NONE = new Trace(Span.getInvalid());

  private static final AttributeKey<String> REFUSED = AttributeKey.stringKey("chatterbox.refused");

  private final Span span;

  private Trace(Span span) {
    this.span = span;
  }

  static Trace of(Span span) {
    return span.getSpanContext().isSampled() ? new Trace(span) : NONE;
  }

  /// What goes with the command: a W3C `traceparent`, or nothing.
  public String parent() {
    SpanContext context = span.getSpanContext();
    return context.isSampled() ? Traces.written(context) : "";
  }

  /// The event was refused.
  public void refused(ErrorCode code) {
    span.setAttribute(REFUSED, code.name());
    span.setStatus(StatusCode.ERROR);
  }

  /// The event was answered.
  public void end() {
    span.end();
  }
}
