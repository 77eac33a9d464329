package io.chatterbox.bus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// The one thread of a replica that changes things: takes what waits, of all its partitions, and
/// hands it to the processor as one batch.
final class Writer implements Runnable {
  private static final Logger LOG = Logger.getLogger(Writer.class);
  private static final int BATCHES_QUEUED = 4;
  private static final long MOST_BYTES_QUEUED = 16L << 20;
  private static final long POLL_MILLIS = 100;

  /// As many commands make the longest period between two batches.
  private static final double MANY = 180;

  private static final long SLICE_NANOS = 1_000_000;

  /// Changes of one entry.
  private record Queued(Held held, List<CommandItem> changes) {
    long bytes() {
      return changes.stream().mapToLong(item -> item.body().bytes().length).sum();
    }
  }

  private final LoopControl control;
  private final Delivery delivery;
  private final Batches batches;
  private final LoopMetrics metrics;
  private final int batchSize;
  private final long pauseNanos;
  private final long mostPeriodNanos;
  private final BlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger commandsQueued = new AtomicInteger();
  private final AtomicLong bytesQueued = new AtomicLong();
  // only touched by this thread
  private final ArrayDeque<Work> begun = new ArrayDeque<>();
  private long nextAt = System.nanoTime();

  Writer(
      LoopControl control,
      Delivery delivery,
      Batches batches,
      LoopMetrics metrics,
      BusConfig config) {
    this.control = control;
    this.delivery = delivery;
    this.batches = batches;
    this.metrics = metrics;
    this.batchSize = config.batch();
    this.pauseNanos = config.batchPause().toNanos();
    this.mostPeriodNanos = config.batchPeriod().toNanos();
    metrics.watchQueue(commandsQueued::get);
  }

  /// Whether nothing more is to be read for now.
  boolean isFull() {
    return commandsQueued.get() >= BATCHES_QUEUED * batchSize
        || bytesQueued.get() >= MOST_BYTES_QUEUED;
  }

  /// Takes over the changes of an entry.
  void add(Held held, List<CommandItem> changes) {
    Queued queued = new Queued(held, changes);
    commandsQueued.addAndGet(changes.size());
    bytesQueued.addAndGet(queued.bytes());
    queue.add(queued);
  }

  @Override
  public void run() {
    while (!control.isStopped()) {
      try {
        List<Work> batch = collect();
        if (!batch.isEmpty()) {
          long start = System.nanoTime();
          batches.handle(batch);
          long end = System.nanoTime();
          nextAt = end + Math.max(pauseNanos, start + periodNanos(batch.size()) - end);
          metrics.batch(batch.size(), Duration.ofNanos(end - start));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        // a fault of this class's: the entries stay in their streams
        LOG.error("the writer loop failed", e);
      }
    }
  }

  private List<Work> collect() throws InterruptedException {
    if (begun.isEmpty()) {
      Queued first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return List.of();
      }
      gather();
      begin(first);
    }
    for (Queued next = queue.peek();
        next != null && begun.size() < batchSize;
        next = queue.peek()) {
      begin(queue.remove());
    }
    Map<String, Work> batch = new LinkedHashMap<>();
    while (!begun.isEmpty() && batch.size() < batchSize) {
      Work work = begun.element();
      Work before = batch.get(work.command().id());
      if (before != null && !before.isSameAs(work)) {
        // a command of that id is in this batch already: replies could not be told apart
        break;
      }
      batch.put(work.command().id(), before == null ? work : before.with(work));
      begun.remove();
    }
    return List.copyOf(batch.values());
  }

  /// Between the beginning of a batch and that of the next, at the least.
  private long periodNanos(int commands) {
    return (long) (mostPeriodNanos * Math.min(1, Math.sqrt(commands / MANY)));
  }

  /// Lets others come along, until that is a batch's worth.
  private void gather() {
    long left = nextAt - System.nanoTime();
    while (left > 0 && commandsQueued.get() < batchSize && !isFull() && !control.isStopped()) {
      LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
      left = nextAt - System.nanoTime();
    }
  }

  private void begin(Queued queued) {
    commandsQueued.addAndGet(-queued.changes().size());
    bytesQueued.addAndGet(-queued.bytes());
    Held held = queued.held();
    if (!control.begin(held.tenure(), queued.changes().size())) {
      held.tenure().letGo(held.id());
      return;
    }
    // what killed its owners must not be forgotten for its age
    boolean isForgotten = control.isStale(held) && !held.isSuspect();
    if (isForgotten) {
      metrics.stale();
    }
    for (CommandItem item : queued.changes()) {
      if (isForgotten) {
        delivery.drop(held);
      } else {
        begun.add(new Work(held.command(item), List.of(held)));
      }
    }
  }
}
