package io.chatterbox.gateway.fanout;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Beat;
import io.chatterbox.contract.ChatCommand.CheckHeads;
import io.chatterbox.contract.ChatCommand.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.GatewayConfig;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Finds out what hints did not tell. Each partition that a feed here belongs to is listened to;
/// its owner's beats name what changed. When beats were missed, or the owner is new or silent, or
/// the link to Redis was lost, the heads of all feeds of the partition are asked for. Only on the
/// hub.
@Singleton
final class HeadCheck {
  private static final Logger LOG = Logger.getLogger(HeadCheck.class);
  private static final int AT_ONCE = 1_000;
  private static final int MAY_MISS = 2;
  private static final long LOOK_MILLIS = 1_000;

  private final Channels channels;
  private final Questions questions;
  private final Json json;
  private final Hub hub;
  private final FanoutMetrics metrics;
  private final long silenceNanos;
  private final Map<Integer, Watch> watches = new HashMap<>();

  record Ahead(List<Head> ahead) {
    Ahead {
      ahead = List.copyOf(ahead);
    }
  }

  @Inject
  HeadCheck(
      Channels channels,
      Questions questions,
      Json json,
      Hub hub,
      FanoutMetrics metrics,
      GatewayConfig config) {
    this.channels = channels;
    this.questions = questions;
    this.json = json;
    this.hub = hub;
    this.metrics = metrics;
    this.silenceNanos = config.fanout().silence().toNanos();
    channels.onRestored(() -> hub.execute(() -> watches.values().forEach(Watch::checkAll)));
    hub.after(LOOK_MILLIS, this::look);
  }

  void watch(Feed feed) {
    watches.computeIfAbsent(partition(feed.key()).index(), Watch::new).add(feed);
  }

  void unwatch(Feed feed) {
    Watch watch = watches.get(partition(feed.key()).index());
    if (watch != null && watch.remove(feed)) {
      watches.remove(watch.partition.index());
    }
  }

  /// Asks about these feeds now.
  void check(Collection<Feed> feeds) {
    Map<Integer, List<Feed>> byPartition = new HashMap<>();
    for (Feed feed : feeds) {
      byPartition.computeIfAbsent(partition(feed.key()).index(), _ -> new ArrayList<>()).add(feed);
    }
    byPartition.forEach((index, group) -> {
      Watch watch = watches.get(index);
      if (watch != null) {
        watch.check(group);
      }
    });
  }

  /// Asks about these feeds now, and says when all answers have come, or one has not.
  void check(Collection<Feed> feeds, Consumer<Boolean> done) {
    List<List<Feed>> groups =
        List.copyOf(
            feeds.stream()
                .collect(Collectors.groupingBy(feed -> partition(feed.key()).index()))
                .values());
    if (groups.isEmpty()) {
      done.accept(true);
    } else {
      Asked asked = new Asked(groups.size(), done);
      for (List<Feed> group : groups) {
        Watch watch = watches.get(partition(group.getFirst().key()).index());
        if (watch == null) {
          asked.answered(false);
        } else {
          watch.check(group, asked);
        }
      }
    }
  }

  /// Answers that are waited for.
  private static final class Asked {
    private final Consumer<Boolean> done;
    private int open;

    Asked(int open, Consumer<Boolean> done) {
      this.open = open;
      this.done = done;
    }

    void answered(boolean isAnswer) {
      open--;
      if (open == 0 || (!isAnswer && open > 0)) {
        open = isAnswer ? 0 : -1;
        done.accept(isAnswer);
      }
    }
  }

  private void look() {
    long now = System.nanoTime();
    watches.values().forEach(watch -> watch.look(now));
    hub.after(LOOK_MILLIS, this::look);
  }

  private static Partition partition(Key key) {
    return Service.CHAT.partitionOf(key);
  }

  /// What is known of one partition.
  private final class Watch {
    private final Partition partition;
    private final Handler<Buffer> handler = message -> hub.execute(() -> heard(message));
    private final Map<String, Feed> feeds = new HashMap<>();
    private @Nullable String owner;
    private long number;
    private long heardAt = System.nanoTime();
    private boolean checking;
    private boolean again;

    Watch(int index) {
      this.partition = new Partition(Service.CHAT, index);
      channels.subscribe(partition.beats(), handler);
    }

    void add(Feed feed) {
      feeds.put(feed.key().text(), feed);
    }

    /// @return whether none is left
    boolean remove(Feed feed) {
      feeds.remove(feed.key().text());
      if (feeds.isEmpty()) {
        channels.unsubscribe(partition.beats(), handler);
      }
      return feeds.isEmpty();
    }

    private void heard(Buffer message) {
      Beat beat;
      try {
        beat = json.read(RawJson.of(message.getBytes()), Beat.class);
      } catch (Refusal e) {
        LOG.error("event=beat-not-understood", e);
        return;
      }
      heardAt = System.nanoTime();
      boolean isNew = !beat.owner().equals(owner) || beat.number() <= number;
      boolean missed = beat.number() > number + MAY_MISS + 1;
      boolean isFirst = owner == null;
      owner = beat.owner();
      number = beat.number();
      for (Head head : beat.changed()) {
        Feed feed = feeds.get(head.key());
        if (feed != null) {
          feed.learn(head.rev());
        }
      }
      if (!isFirst && (isNew || missed)) {
        checkAll();
      }
    }

    void look(long now) {
      if (now - heardAt > silenceNanos) {
        heardAt = now;
        checkAll();
      }
    }

    void checkAll() {
      if (checking) {
        again = true;
        return;
      }
      checking = true;
      again = false;
      next(List.copyOf(feeds.values()), 0);
    }

    void check(List<Feed> some) {
      for (int from = 0; from < some.size(); from += AT_ONCE) {
        ask(some.subList(from, Math.min(from + AT_ONCE, some.size())), () -> {}, this::checkAll);
      }
    }

    /// At most as many as may be asked for at once.
    void check(List<Feed> some, Asked asked) {
      ask(
          some,
          () -> {
            some.forEach(Feed::sure);
            asked.answered(true);
          },
          () -> asked.answered(false));
    }

    private void next(List<Feed> all, int from) {
      if (from >= all.size()) {
        checking = false;
        if (again) {
          checkAll();
        }
        return;
      }
      int to = Math.min(from + AT_ONCE, all.size());
      ask(
          all.subList(from, to),
          () -> next(all, to),
          () -> {
            checking = false;
            again = false;
            // asked again with the next silence or beat, or then
            hub.after(LOOK_MILLIS, this::checkAll);
          });
    }

    private void ask(List<Feed> some, Runnable then, Runnable otherwise) {
      List<Head> heads =
          some.stream()
              .filter(Feed::isStarted)
              .map(feed -> new Head(feed.key().text(), feed.rev()))
              .toList();
      if (heads.isEmpty()) {
        then.run();
        return;
      }
      metrics.headsChecked();
      questions.ask(
          Key.partition(partition.index()),
          new CheckHeads(heads),
          reply -> {
            Optional<Ahead> ahead = ahead(reply);
            ahead.ifPresent(this::learn);
            (ahead.isPresent() ? then : otherwise).run();
          });
    }

    private void learn(Ahead ahead) {
      for (Head head : ahead.ahead()) {
        Feed feed = feeds.get(head.key());
        if (feed != null) {
          feed.learn(head.rev());
        }
      }
    }

    private Optional<Ahead> ahead(Reply reply) {
      return switch (reply) {
        case Reply.Done(_, _, RawJson body) -> Optional.of(json.read(body, Ahead.class));
        case Reply.Refused _ -> Optional.empty();
      };
    }
  }
}
