package io.chatterbox.bus;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// Answers the commands that only ask, beside the writer, on virtual threads. Bounded: what is too
/// much is refused.
final class Asks {
  private static final Logger LOG = Logger.getLogger(Asks.class);
  private static final long RETRY_AFTER_MILLIS = 1_000;

  private final CommandProcessor processor;
  private final LoopControl control;
  private final Delivery delivery;
  private final Failures failures;
  private final LoopMetrics metrics;
  private final int mostWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Semaphore turns;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("chatterbox-ask-", 0).factory());

  Asks(
      CommandProcessor processor,
      LoopControl control,
      Delivery delivery,
      Failures failures,
      LoopMetrics metrics,
      BusConfig config) {
    this.processor = processor;
    this.control = control;
    this.delivery = delivery;
    this.failures = failures;
    this.metrics = metrics;
    this.mostWaiting = config.asksWaiting();
    this.turns = new Semaphore(config.asksRunning());
  }

  /// Takes over one command of an entry. Does not block.
  void add(Held held, CommandItem item) {
    Work work = new Work(held.command(item), List.of(held));
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      Refusal full =
          new Refusal(ErrorCode.RATE_LIMITED, "Too much is being asked.", RETRY_AFTER_MILLIS);
      List<Held> done = held.answered() ? List.of(held) : List.of();
      delivery
          .settle(packed(held, Reply.refused(item.id(), full)), done)
          .onComplete(_ -> done.forEach(last -> last.tenure().letGo(last.id())));
      return;
    }
    threads.execute(() -> inTurn(held, work));
  }

  /// Takes no more; what runs goes on.
  void close() {
    threads.shutdown();
  }

  private void inTurn(Held held, Work work) {
    turns.acquireUninterruptibly();
    try {
      if (!control.begin(held.tenure(), 1)) {
        held.tenure().letGo(held.id());
      } else if (control.isStale(held)) {
        metrics.stale();
        delivery.drop(held);
      } else {
        answerAndDelete(held, work);
      }
    } catch (RuntimeException e) {
      LOG.error("an ask was not answered", e);
    } finally {
      turns.release();
      waiting.decrementAndGet();
    }
  }

  private void answerAndDelete(Held held, Work work) {
    try {
      Delivery.Parcel reply = answer(held, work);
      List<Held> done = held.answered() ? List.of(held) : List.of();
      control.insist("reply", () -> delivery.settle(reply, done));
      done.forEach(last -> last.tenure().letGo(last.id()));
    } finally {
      held.tenure().finished(1);
    }
  }

  private Delivery.Parcel answer(Held held, Work work) {
    String id = work.command().id();
    boolean isCounted = false;
    for (int round = 0; ; round++) {
      try {
        Delivery.Parcel reply = packed(held, askOnce(work.command()));
        if (isCounted) {
          failures.forget(work);
        }
        return reply;
      } catch (StoreAwayException e) {
        if (control.isStopped() || held.tenure().isClosed() || control.isStale(held)) {
          return packed(held, Reply.refused(id, Refusal.unavailable()));
        }
        control.pause(round);
      } catch (Throwable e) {
        LOG.errorf(e, "ask failed event=%s", work.command().event());
        Long tries = control.insist("count", () -> failures.count(work));
        if (tries == null) {
          return packed(held, Reply.refused(id, Refusal.unavailable()));
        }
        isCounted = true;
        if (tries > Failures.MOST_TRIES) {
          metrics.dead();
          control.insist("bury", () -> failures.bury(work, tries, Failures.reason(e)));
          return packed(held, Failures.reply(work.command()));
        }
      }
    }
  }

  private Reply askOnce(PendingCommand command) {
    try {
      return processor.ask(command);
    } catch (Refusal e) {
      return Reply.refused(command.id(), e);
    }
  }

  private Delivery.Parcel packed(Held held, Reply reply) {
    return delivery.pack(List.of(), List.of(new Delivery.Addressed(held.entry().replyTo(), reply)));
  }
}
