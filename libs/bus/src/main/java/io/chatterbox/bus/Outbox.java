package io.chatterbox.bus;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The commands of this process that have no reply yet.
///
/// After some silence an entry is looked for in its stream. It is there: wait on. It is gone: its
/// reply was lost, or the entry was, so what is unanswered is appended again under the same ids.
/// Bounded: what does not fit is refused before it is sent.
final class Outbox {
  private static final Logger LOG = Logger.getLogger(Outbox.class);
  private static final Script APPEND = Script.load("append");
  private static final Duration SOON = Duration.ofMillis(250);
  private static final long RETRY_AFTER_MILLIS = 1_000;

  private final Router redis;
  private final Entries entries;
  private final String replyTo;
  private final BusConfig config;
  private final ClientMetrics metrics;
  private final Map<String, Sending> byCommand = new ConcurrentHashMap<>();
  private final Set<Sending> sendings = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closed;

  Outbox(Router redis, Entries entries, String replyTo, BusConfig config, ClientMetrics metrics) {
    this.redis = redis;
    this.entries = entries;
    this.replyTo = replyTo;
    this.config = config;
    this.metrics = metrics;
    metrics.watchPending(byCommand::size);
  }

  /// Sends an entry, at once when replies are heard, else as soon as they are.
  void send(CommandEntry entry, Consumer<Reply> onReply, boolean repliesAreHeard) {
    if (closed) {
      refuse(entry.items(), onReply, Refusal.unavailable());
      return;
    }
    if (byCommand.size() + entry.items().size() > config.pendingReplies()
        || bytes.get() > config.pendingBytes()) {
      refuse(entry.items(), onReply, full());
      return;
    }
    Sending sending = new Sending(entry, onReply);
    for (CommandItem item : entry.items()) {
      enter(item, sending, onReply);
    }
    if (sending.isDone()) {
      return;
    }
    bytes.addAndGet(sending.bytes());
    sendings.add(sending);
    if (repliesAreHeard) {
      append(sending);
    }
  }

  /// A command that is on its way already is not sent twice: its reply answers both.
  private void enter(CommandItem item, Sending sending, Consumer<Reply> onReply) {
    while (true) {
      Sending before = byCommand.putIfAbsent(item.id(), sending);
      if (before == null || before == sending) {
        return;
      }
      if (before.alsoTell(item.id(), onReply)) {
        sending.answered(item.id());
        return;
      }
      // answered just now
      byCommand.remove(item.id(), before);
    }
  }

  /// Takes a reply; one that nobody waits for is dropped.
  void answered(Reply reply) {
    Sending sending = byCommand.remove(reply.commandId());
    if (sending == null) {
      return;
    }
    metrics.answered(
        sending.eventOf(reply.commandId()), Duration.ofNanos(System.nanoTime() - sending.since()));
    List<Consumer<Reply>> receivers = sending.answered(reply.commandId());
    if (sending.isDone() && sendings.remove(sending)) {
      bytes.addAndGet(-sending.bytes());
    }
    for (Consumer<Reply> receiver : receivers) {
      try {
        receiver.accept(reply);
      } catch (RuntimeException e) {
        LOG.error("a reply's receiver failed", e);
      }
    }
  }

  /// Looks after what was silent for too long; called every few milliseconds.
  void sweep(boolean repliesAreHeard) {
    long now = System.nanoTime();
    for (Sending sending : sendings) {
      if (now - sending.since() >= config.giveUp().toNanos()) {
        giveUp(sending);
      } else if (repliesAreHeard && sending.isDue(now)) {
        append(sending);
      }
    }
  }

  /// Looks after everything now: replies may have been missed.
  void hurry() {
    long now = System.nanoTime();
    sendings.forEach(sending -> sending.dueAt(now));
  }

  /// Answers everything: no reply will be heard.
  void close() {
    closed = true;
    sendings.forEach(this::giveUp);
  }

  private void append(Sending sending) {
    List<CommandItem> items = sending.begin();
    if (items.isEmpty()) {
      return;
    }
    CommandEntry entry = sending.entry();
    List<Object> arguments = new ArrayList<>();
    arguments.add(config.streamCap());
    arguments.add(sending.entryId());
    arguments.add(Duration.ofNanos(System.nanoTime() - sending.since()).toMillis());
    arguments.addAll(entries.write(entry, items, replyTo));
    String stream = entry.service().partitionOf(entry.key()).commands();
    APPEND
        .run(redis, List.of(stream), arguments)
        .onSuccess(id -> appended(sending, id))
        .onFailure(e -> failed(sending, e));
  }

  private void appended(Sending sending, @Nullable Response id) {
    if (id == null) {
      if (sending.mayHaveBeenAppended()) {
        sending.again(config.silence());
      } else {
        for (CommandItem item : sending.unanswered()) {
          answered(Reply.refused(item.id(), full()));
        }
      }
      return;
    }
    if (sending.appended(id.toString())) {
      metrics.repeated();
    }
    sending.again(config.silence());
  }

  private void failed(Sending sending, Throwable e) {
    if (e instanceof RedisAwayException away) {
      if (away.maybeDone()) {
        sending.maybeAppended();
      }
    } else {
      LOG.warnf("append refused reason=%s", e.getMessage());
    }
    sending.again(SOON);
  }

  private void giveUp(Sending sending) {
    for (CommandItem item : sending.unanswered()) {
      metrics.unanswered();
      answered(Reply.refused(item.id(), Refusal.unavailable()));
    }
  }

  private static Refusal full() {
    return new Refusal(
        ErrorCode.RATE_LIMITED,
        "There is more to do than can be done; nothing was changed.",
        RETRY_AFTER_MILLIS);
  }

  private static void refuse(List<CommandItem> items, Consumer<Reply> onReply, Refusal refusal) {
    for (CommandItem item : items) {
      onReply.accept(Reply.refused(item.id(), refusal));
    }
  }
}
