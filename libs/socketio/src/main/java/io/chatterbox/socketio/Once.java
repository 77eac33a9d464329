package io.chatterbox.socketio;

import io.chatterbox.engineio.Loop;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A continuation that works once, from any thread, and goes on at its loop.
final class Once<R> implements Next<R> {
  private final Loop loop;
  private final Runnable proceed;
  private final Consumer<R> refuse;
  private final AtomicBoolean called = new AtomicBoolean();

  Once(Loop loop, Runnable proceed, Consumer<R> refuse) {
    this.loop = loop;
    this.proceed = proceed;
    this.refuse = refuse;
  }

  @Override
  public void proceed() {
    if (called.compareAndSet(false, true)) {
      loop.run(proceed);
    }
  }

  @Override
  public void refuse(R refusal) {
    if (called.compareAndSet(false, true)) {
      loop.run(() -> refuse.accept(refusal));
    }
  }
}
