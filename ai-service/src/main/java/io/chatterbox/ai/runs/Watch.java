package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.bus.StoreAwayException;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Says each second that this replica lives, learns what was decided about its runs elsewhere, and
/// ends the runs of replicas that are silent for too long.
///
/// Silence is measured by this replica's own clock, and anew after each time at which it could not
/// look: a MongoDB that was away, or a pause of this process, is nobody's death.
@Singleton
public class Watch {
  private static final Logger LOG = Logger.getLogger(Watch.class);

  private final ActiveRuns runs;
  private final Writers writers;
  private final LiveRuns live;
  private final Recovery recovery;
  private final WatchTools tools;
  private final String me;
  private final CountDownLatch ended = new CountDownLatch(1);

  // only touched by the watch's thread
  private final Map<String, Seen> seen = new HashMap<>();
  private long count;
  private long lookedAt = System.nanoTime();

  /// A replica's count, and since when it is the same.
  private record Seen(long count, long since) {}

  Watch(ActiveRuns runs, Writers writers, LiveRuns live, Recovery recovery, WatchTools tools) {
    this.runs = runs;
    this.writers = writers;
    this.live = live;
    this.recovery = recovery;
    this.tools = tools;
    this.me = tools.node().incarnation();
  }

  /// Makes the collections ready and says for the first time that this replica lives.
  ///
  /// @throws StoreAwayException while MongoDB does not answer
  public void prepare() {
    runs.prepare();
    writers.prepare();
    writers.beat(me, count, tools.clock().instant());
  }

  /// Begins.
  public void start() {
    tools.stops().listen();
    Thread.ofVirtual().name("watch").start(this::watch);
  }

  /// Lets the runs of this replica come to an end, interrupts those that go on for too long, and
  /// ends.
  public void drain() {
    AiConfig.Runs config = tools.config().runs();
    try {
      awaitRuns(config.drain().toMillis());
      live.all().forEach(run -> run.want(Run.Wish.INTERRUPT));
      awaitRuns(config.lostAfter().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.countDown();
    tools.insistence().close();
    try {
      if (live.all().isEmpty()) {
        writers.forget(me);
      }
    } catch (StoreAwayException e) {
      LOG.debugf("event=writer-not-forgotten reason=%s", e.toString());
    }
  }

  /// Says no more that this replica lives, as if its process had been stopped in its tracks, for
  /// tests. Its runs go on, if that is not stopped besides.
  void abandon() {
    ended.countDown();
  }

  private void awaitRuns(long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!live.all().isEmpty() && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void watch() {
    try {
      while (!ended.await(tools.config().runs().beat().toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      writers.beat(me, ++count, tools.clock().instant());
      lookAfterOwn();
      lookForLost();
    } catch (StoreAwayException e) {
      seen.clear();
      LOG.debugf("event=watch-skipped reason=%s", e.toString());
    } catch (RuntimeException e) {
      LOG.error("event=watch-failed", e);
    }
  }

  private void lookAfterOwn() {
    // those first: what is claimed after the question to MongoDB is not in its answer
    List<Run> claimed = live.all().stream().filter(Run::isClaimed).toList();
    Map<String, RunDocument> own =
        runs.of(me).stream().collect(Collectors.toMap(RunDocument::runId, run -> run));
    for (Run run : claimed) {
      RunDocument document = own.get(run.id());
      if (document == null) {
        run.want(Run.Wish.LET_GO);
      } else if (document.stop()) {
        run.want(Run.Wish.STOP);
      } else {
        run.wake();
      }
    }
    own.values().stream().filter(run -> live.find(run.runId()).isEmpty()).forEach(recovery::end);
  }

  private void lookForLost() {
    Set<String> others = new HashSet<>(runs.writers());
    others.remove(me);
    Map<String, Long> counts = others.isEmpty() ? Map.of() : writers.counts(others);
    long now = System.nanoTime();
    if (now - lookedAt > 2 * tools.config().runs().beat().toNanos()) {
      seen.clear();
    }
    lookedAt = now;
    seen.keySet().retainAll(others);
    for (String other : others) {
      long counted = counts.getOrDefault(other, -1L);
      Seen before = seen.get(other);
      if (before == null || before.count() != counted) {
        seen.put(other, new Seen(counted, now));
      } else if (now - before.since() >= tools.config().runs().lostAfter().toNanos()) {
        LOG.warnf("event=replica-lost writer=%s", other);
        runs.of(other).forEach(run -> runs.takeOver(run, me).ifPresent(recovery::end));
        writers.forget(other);
      }
    }
  }
}
