package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.Loop;
import io.chatterbox.engineio.PayloadCodec;
import io.chatterbox.engineio.SharedPayloads;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Netty event loop. A turn is one iteration of it: what all ready channels and tasks produced is
/// written when they are done, by one task, with one write for each session.
final class VertxLoop implements Loop {
  private final ContextInternal context;
  private final EventLoop eventLoop;
  private final FrameWriter writer;
  private final Runnable endOfTurn = this::runEndOfTurn;
  private final List<Runnable> tasks = new ArrayList<>();
  private final Map<Coding, PayloadCodec> payloads = new HashMap<>();

  VertxLoop(ContextInternal context) {
    this.context = context;
    this.eventLoop = context.nettyEventLoop();
    this.writer = new FrameWriter(this);
  }

  ContextInternal context() {
    return context;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  /// Encoder of what is written on this loop.
  FrameWriter writer() {
    return writer;
  }

  /// The codec of a polling session on this loop; see [PayloadCodec#of].
  PayloadCodec payloads(int revision, boolean base64) {
    return payloads.computeIfAbsent(
        new Coding(revision, base64),
        coding -> new SharedPayloads(this, PayloadCodec.of(coding.revision, coding.base64)));
  }

  private record Coding(int revision, boolean base64) {}

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(() -> context.dispatch(task));
  }

  @Override
  public void atEndOfTurn(Runnable task) {
    tasks.add(task);
    if (tasks.size() == 1) {
      if (eventLoop instanceof SingleThreadEventLoop netty) {
        netty.executeAfterEventLoopIteration(endOfTurn);
      } else {
        eventLoop.execute(endOfTurn);
      }
    }
  }

  private void runEndOfTurn() {
    ContextInternal previous = context.beginDispatch();
    try {
      // tasks may add tasks; those run in the same pass
      for (int i = 0; i < tasks.size(); i++) {
        try {
          tasks.get(i).run();
        } catch (Throwable e) {
          // also of an error, for which the others are not to blame
          failed(e);
        }
      }
    } finally {
      tasks.clear();
      context.endDispatch(previous);
    }
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    Future<?> scheduled =
        eventLoop.schedule(() -> context.dispatch(task), delayMillis, TimeUnit.MILLISECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public long epochMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long millis() {
    return Math.floorDiv(System.nanoTime(), 1_000_000L);
  }

  @Override
  public void failed(Throwable failure) {
    context.reportException(failure);
  }
}
