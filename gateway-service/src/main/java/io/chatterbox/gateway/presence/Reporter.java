package io.chatterbox.gateway.presence;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.PresenceCommand.Change;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.PresenceCommand.What;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.LocalListener;
import io.chatterbox.gateway.fanout.Questions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells presence-service who is here and in which rooms: what changes, in small batches, and
/// whenever it is not sure what has arrived, everything, under a new incarnation. What is not
/// reported under the new one ends with the old one's lease, so that nobody stays behind. Only on
/// the hub.
@Singleton
public final class Reporter implements LocalListener {
  private static final Logger LOG = Logger.getLogger(Reporter.class);
  private static final int LATE = 3_000;
  private static final int PATIENCE_SECONDS = 2;
  private static final long FIRST_BACKOFF = 500;
  private static final long LONGEST_BACKOFF = 8_000;

  private final Hub hub;
  private final Questions questions;
  private final Leases leases;
  private final Activity activity;
  private final Channels channels;
  private final long gather;
  private final long beat;
  private final List<Ledger> ledgers =
      IntStream.range(0, Service.PARTITIONS).mapToObj(_ -> new Ledger()).toList();

  private @Nullable String current;

  /// The last one under which everything was reported.
  private @Nullable String whole;

  private long epoch;
  private boolean beginning;
  private boolean again;
  private boolean gathering;
  private long backoff = FIRST_BACKOFF;
  private int turn;

  @Inject
  Reporter(
      Hub hub,
      Questions questions,
      Leases leases,
      Activity activity,
      Channels channels,
      GatewayConfig config) {
    this.hub = hub;
    this.questions = questions;
    this.leases = leases;
    this.activity = activity;
    this.channels = channels;
    this.gather = config.presence().gather().toMillis();
    this.beat = config.presence().signs().toMillis();
  }

  void start(@Observes StartupEvent event) {
    activity.onWake(sign -> hub.execute(() -> woke(sign)));
    channels.onRestored(() -> hub.execute(() -> beginAnew("redis-came-back")));
    channels.subscribe(RedisNames.reportRequests(), _ -> hub.execute(() -> beginAnew("asked")));
    leases.start(lease -> lost(lease));
    hub.execute(() -> beginAnew("start"));
    hub.after(beat, this::beat);
  }

  /// After all sockets are closed: what was not reported ends with the leases.
  void stop(@Observes @Priority(LATE) ShutdownEvent event) {
    CountDownLatch done = new CountDownLatch(1);
    hub.execute(() -> leases.keep(Set.of()).onComplete(_ -> done.countDown()));
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("event=leases-left-to-end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void signedIn(Person person) {
    add(Key.user(person.userId()), new Change(What.online, person, ""));
  }

  @Override
  public void signedOut(Person person) {
    activity.asleep(person.userId(), false);
    add(Key.user(person.userId()), new Change(What.gone, person, ""));
  }

  @Override
  public void enteredRoom(String roomName, Person person) {
    add(Key.room(roomName), new Change(What.entered, person, roomName));
  }

  @Override
  public void leftRoom(String roomName, Person person, boolean bye) {
    add(Key.room(roomName), new Change(bye ? What.left : What.cut, person, roomName));
  }

  private void woke(Active sign) {
    ledgers.get(partitionOf(Key.user(sign.userId()))).woke(sign);
    flushSoon();
  }

  private void add(Key key, Change change) {
    if (ledgers.get(partitionOf(key)).add(change)) {
      flushSoon();
    } else {
      beginAnew("too-much-waits");
    }
  }

  private void flushSoon() {
    if (!gathering) {
      gathering = true;
      hub.after(
          gather,
          () -> {
            gathering = false;
            flush();
          });
    }
  }

  private void flush() {
    for (int index = 0; index < ledgers.size(); index++) {
      flush(index);
    }
  }

  private void flush(int index) {
    Ledger ledger = ledgers.get(index);
    if (current != null && ledger.isDue()) {
      long sentIn = epoch;
      questions.ask(
          Key.partition(index), ledger.next(current), reply -> answered(index, sentIn, reply));
    }
  }

  private void answered(int index, long sentIn, Reply reply) {
    if (sentIn != epoch) {
      return;
    }
    switch (reply) {
      case Reply.Done _ -> {
        ledgers.get(index).reported();
        flush(index);
        if (beginning) {
          finishIfAllIsReported();
        }
      }
      case Reply.Refused(_, var failure) -> {
        // it may still be taken over at any time, after what would be sent now
        LOG.warnf("event=report-not-answered code=%s", failure.code());
        interrupt();
      }
    }
  }

  // ---- everything anew

  private void lost(String lease) {
    if (lease.equals(whole)) {
      whole = null;
    }
    beginAnew("lease-lost");
  }

  private void beginAnew(String reason) {
    if (beginning) {
      again = true;
      return;
    }
    LOG.infof("event=reporting-anew reason=%s", reason);
    beginning = true;
    again = false;
    takeLease();
  }

  private void takeLease() {
    current = null;
    epoch++;
    leases.begin(this::begun);
  }

  private void begun(Optional<String> incarnation) {
    if (incarnation.isEmpty()) {
      retry();
      return;
    }
    current = incarnation.get();
    leases.keep(kept());
    ledgers.forEach(Ledger::beginAnew);
    flush();
    finishIfAllIsReported();
  }

  private void finishIfAllIsReported() {
    if (ledgers.stream().allMatch(Ledger::isSettled)) {
      whole = current;
      leases.keep(kept());
      beginning = false;
      backoff = FIRST_BACKOFF;
      if (again) {
        beginAnew("again");
      }
    }
  }

  private void interrupt() {
    beginning = true;
    current = null;
    epoch++;
    retry();
  }

  private void retry() {
    hub.after(backoff, this::takeLease);
    backoff = Math.min(LONGEST_BACKOFF, backoff * 2);
  }

  private Set<String> kept() {
    Set<String> kept = new HashSet<>();
    Optional.ofNullable(current).ifPresent(kept::add);
    Optional.ofNullable(whole).ifPresent(kept::add);
    return kept;
  }

  // ---- signs of life

  /// One partition at a time, so that they cost one round trip a second however many there are.
  private void beat() {
    String incarnation = current;
    if (incarnation != null) {
      List<Active> signs = activity.take(turn);
      for (int from = 0; from < signs.size(); from += Report.MOST_ACTIVE) {
        List<Active> some = signs.subList(from, Math.min(from + Report.MOST_ACTIVE, signs.size()));
        questions.ask(
            Key.partition(turn),
            new Report(incarnation, List.of(), some),
            _ -> {
              // lost ones are followed by others
            });
      }
      turn = (turn + 1) % Service.PARTITIONS;
    }
    hub.after(beat, this::beat);
  }

  private static int partitionOf(Key key) {
    return Service.PRESENCE.partitionOf(key).index();
  }
}
