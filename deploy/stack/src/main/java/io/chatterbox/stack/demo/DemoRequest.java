package io.chatterbox.stack.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One request that the demonstration got, and whether its sender is still there.
public final class DemoRequest {
  private final String line;
  private final Map<String, String> headers;
  private final byte[] body;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long closedAt;
  private volatile boolean answered;
  private final AtomicInteger tokens = new AtomicInteger();

  DemoRequest(String line, Map<String, String> headers, byte[] body) {
    this.line = line;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  /// Method, path and version.
  public String line() {
    return line;
  }

  /// A header's value; empty when it was not sent.
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /// The body as it was sent.
  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// Role and content of each message, in order.
  public List<Map.Entry<String, String>> messages() {
    return DemoJson.read(body()) instanceof Map<?, ?> fields
            && fields.get("messages") instanceof List<?> messages
        ? messages.stream().map(DemoRequest::message).toList()
        : List.of();
  }

  /// Whether the whole answer was written.
  public boolean isAnswered() {
    return answered;
  }

  /// Whether the connection was closed from the other side before the answer was whole.
  public boolean isAbandoned() {
    return closed.getCount() == 0 && !answered;
  }

  /// `System.nanoTime` at which the other side was seen to close.
  public long closedAt() {
    return closedAt;
  }

  /// How many tokens were sent so far.
  public int tokensSent() {
    return tokens.get();
  }

  void nowSentToken() {
    tokens.incrementAndGet();
  }

  void nowAnswered() {
    answered = true;
  }

  void nowClosed() {
    closedAt = System.nanoTime();
    closed.countDown();
  }

  /// Waits until the other side closes.
  ///
  /// @return whether it did
  boolean isClosedWithin(long nanos) throws InterruptedException {
    return closed.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  boolean wantsUsage() {
    return DemoJson.read(body()) instanceof Map<?, ?> fields
        && fields.get("stream_options") instanceof Map<?, ?> options
        && Boolean.TRUE.equals(options.get("include_usage"));
  }

  boolean wantsStream() {
    return DemoJson.read(body()) instanceof Map<?, ?> fields
        && Boolean.TRUE.equals(fields.get("stream"));
  }

  /// What the last person wrote: the `text` of a line of JSON, or the content as it stands.
  String question() {
    String content = messages().isEmpty() ? "" : messages().getLast().getValue();
    String last = content.substring(content.lastIndexOf('\n') + 1);
    try {
      return DemoJson.read(last) instanceof Map<?, ?> said
              && said.get("text") instanceof String text
          ? text
          : content;
    } catch (IllegalArgumentException e) {
      return content;
    }
  }

  private static Map.Entry<String, String> message(@Nullable Object value) {
    return value instanceof Map<?, ?> fields
            && fields.get("role") instanceof String role
            && fields.get("content") instanceof String content
        ? Map.entry(role, content)
        : Map.entry("", "");
  }
}
