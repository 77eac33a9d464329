package io.chatterbox.gateway.edge;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A stream that fails after so many bytes. Used on one event loop.
final class BoundedStream implements ReadStream<Buffer> {
  private final ReadStream<Buffer> source;
  private final Runnable exceeded;
  private long left;
  private boolean failed;
  private @Nullable Handler<Throwable> onFailure;

  /// @param exceeded told once, before the stream fails
  BoundedStream(ReadStream<Buffer> source, long most, Runnable exceeded) {
    this.source = source;
    this.left = most;
    this.exceeded = exceeded;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    source.handler(handler == null ? null : part -> pass(part, handler));
    return this;
  }

  private void pass(Buffer part, Handler<Buffer> handler) {
    left -= part.length();
    if (left >= 0) {
      handler.handle(part);
    } else if (!failed) {
      failed = true;
      exceeded.run();
      if (onFailure != null) {
        onFailure.handle(new IOException("the body is too large"));
      }
    }
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    onFailure = handler;
    source.exceptionHandler(handler);
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    source.endHandler(
        handler == null
            ? null
            : _ -> {
              if (!failed) {
                handler.handle(null);
              }
            });
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    source.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    source.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    source.fetch(amount);
    return this;
  }
}
