package io.chatterbox.bus;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/// Takes out of every span what nobody outside may read: the text of database commands, which holds
/// messages and hashes, and queries of addresses, which hold session ids and signatures.
@Singleton
public final class Discretion implements SpanProcessor {
  private static final List<AttributeKey<String>> SECRET =
      List.of(
          AttributeKey.stringKey("mongodb.command"),
          AttributeKey.stringKey("db.statement"),
          AttributeKey.stringKey("db.query.text"),
          AttributeKey.stringKey("url.query"),
          AttributeKey.stringKey("url.full"),
          AttributeKey.stringKey("http.url"),
          AttributeKey.stringKey("http.target"));

  public Discretion() {}

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    for (AttributeKey<String> key : SECRET) {
      if (span.getAttribute(key) != null) {
        // an attribute can be replaced, not removed
        span.setAttribute(key, "");
      }
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
