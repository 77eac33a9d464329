package io.chatterbox.bus;

import io.chatterbox.contract.Command;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.Partition;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A started [CommandLoop]: the parts and what goes between them.
final class RunningLoop implements Ownership.Owner, StreamReader.Receiver {
  private static final Logger LOG = Logger.getLogger(RunningLoop.class);
  private static final int STRIKES = 2;

  /// What a loop is made with.
  record Tools(
      Links links,
      Json json,
      Hints hints,
      Node node,
      BusConfig config,
      MeterRegistry meters,
      Traces traces) {}

  /// What reads a partition, and how often it held nothing although there was something.
  private static final class Reading {
    private final StreamReader reader;
    private int strikes;

    Reading(StreamReader reader) {
      this.reader = reader;
    }
  }

  private final CommandProcessor processor;
  private final Tools tools;
  private final Context context;
  private final Commands commands = Commands.all();
  private final LoopMetrics metrics;
  private final LoopControl control;
  private final Delivery delivery;
  private final Writer writer;
  private final Asks asks;
  private final Entries entries;
  private final Ownership ownership;
  private final Thread writerThread;
  private final Map<Partition, Long> backlog = new ConcurrentHashMap<>();
  // only touched on the context
  private final Map<Tenure, Reading> readings = new HashMap<>();

  RunningLoop(CommandProcessor processor, Tools tools) {
    this.processor = processor;
    this.tools = tools;
    Links links = tools.links();
    BusConfig config = tools.config();
    this.context = links.context();
    this.metrics = new LoopMetrics(tools.meters(), processor.service());
    this.control = new LoopControl(config);
    this.entries = new Entries(tools.json());
    this.delivery =
        new Delivery(
            links.requests(),
            processor.service(),
            replica(),
            tools.hints(),
            new Replies(tools.json()));
    Failures failures = new Failures(links.requests(), tools.json(), config);
    Batches batches = new Batches(processor, control, delivery, failures, metrics, tools.traces());
    this.writer = new Writer(control, delivery, batches, metrics, config);
    this.asks = new Asks(processor, control, delivery, failures, metrics, config);
    this.ownership = new Ownership(links, context, processor.service(), replica(), config, this);
    this.writerThread =
        Thread.ofPlatform()
            .daemon()
            .name("chatterbox-writer-" + processor.service().id())
            .unstarted(writer);
    metrics.watchPartitions(backlog::size);
    metrics.watchBacklog(() -> backlog.values().stream().mapToLong(Long::longValue).sum());
  }

  void start() {
    writerThread.start();
    ownership.start();
  }

  /// Hands everything over after what is in hand, as far as that is done in time.
  void drain(Duration patience) {
    try {
      ownership
          .drain()
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warnf("not everything handed over service=%s", processor.service().id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  /// Stops without handing over: what is in hand is left as it is.
  void stop() {
    control.stop();
    ownership.stop();
    asks.close();
  }

  @Override
  public void began(Tenure tenure) {
    metrics.takeover();
    backlog.put(tenure.partition(), 0L);
    readings.put(
        tenure,
        new Reading(
            new StreamReader(tenure, tools.links(), context, entries, this, writer::isFull)));
  }

  @Override
  public void ended(Tenure tenure) {
    backlog.remove(tenure.partition());
    @Nullable Reading reading = readings.remove(tenure);
    if (reading != null) {
      reading.reader.close();
    }
  }

  @Override
  public void renewed(Tenure tenure, long waiting) {
    tools
        .links()
        .requests()
        .publish(
            tenure.partition().beats(),
            tools.json().write(tenure.changes().next(replica())).bytes());
    @Nullable Reading reading = readings.get(tenure);
    if (reading == null) {
      return;
    }
    backlog.put(tenure.partition(), waiting);
    boolean isMissing = waiting > 0 && tenure.holdsNothing();
    reading.strikes = isMissing ? reading.strikes + 1 : 0;
    if (reading.strikes >= STRIKES) {
      // an entry behind the cursor: Redis's clock went back, or a deletion was lost
      reading.strikes = 0;
      reading.reader.rewind();
    }
  }

  @Override
  public void take(Tenure tenure, Entries.Read entry) {
    Held held = new Held(tenure, entry);
    List<CommandItem> changes = new ArrayList<>();
    for (CommandItem item : entry.items()) {
      if (commands
          .find(item.event())
          .map(Commands.Route::about)
          .filter(Command::asks)
          .isPresent()) {
        asks.add(held, item);
      } else {
        changes.add(item);
      }
    }
    if (!changes.isEmpty()) {
      writer.add(held, changes);
    }
  }

  @Override
  public void refuse(Tenure tenure, StreamId id) {
    metrics.stale();
    delivery.delete(tenure.partition(), id).onComplete(_ -> tenure.letGo(id));
  }

  private String replica() {
    return tools.node().incarnation();
  }
}
