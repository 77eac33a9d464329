package io.chatterbox.gateway.presence;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.PeopleState;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.PersonState;
import io.chatterbox.contract.PresenceCommand.ReadPeople;
import io.chatterbox.contract.PresenceNews;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.LocalListener;
import io.chatterbox.gateway.fanout.Questions;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hears of the people who matter here and tells their company what changed. What was heard may be
/// wrong after a lost link, or when Redis forgot: then it is read again, and the difference told.
/// Only on the hub.
@Singleton
public final class PeopleWatch implements LocalListener, Circles.Interest {
  private static final Logger LOG = Logger.getLogger(PeopleWatch.class);
  private static final String OFFLINE = "offline";
  private static final String ONLINE = "online";
  private static final long GATHER_MILLIS = 20;
  private static final long RETRY_MILLIS = 1_000;
  private static final long UNKNOWN = -1;

  private final Circles circles = new Circles(this);
  private final Map<String, Watched> watched = new HashMap<>();
  private final Set<String> unread = new LinkedHashSet<>();
  private final Channels channels;
  private final Questions questions;
  private final Announcer announcer;
  private final Activity activity;
  private final Json json;
  private final Hub hub;
  private boolean reading;

  /// Somebody, and what was told of him last.
  private static final class Watched {
    private final Handler<Buffer> handler;
    private long version = UNKNOWN;
    private String status = OFFLINE;

    Watched(Handler<Buffer> handler) {
      this.handler = handler;
    }
  }

  @Inject
  PeopleWatch(
      Channels channels,
      Questions questions,
      Announcer announcer,
      Activity activity,
      Json json,
      Hub hub) {
    this.channels = channels;
    this.questions = questions;
    this.announcer = announcer;
    this.activity = activity;
    this.json = json;
    this.hub = hub;
    channels.onRestored(() -> hub.execute(() -> read(watched.keySet())));
    // then states were lost, and what fell due meanwhile was not said
    channels.subscribe(RedisNames.reportRequests(), _ -> hub.execute(() -> read(watched.keySet())));
  }

  Circles circles() {
    return circles;
  }

  // ---- who matters

  @Override
  public void signedIn(Person person) {
    circles.arrived(person.userId());
    Watched known = watched.get(person.userId());
    if (known != null) {
      noteOwn(person.userId(), known.status);
    }
  }

  @Override
  public void signedOut(Person person) {
    circles.departed(person.userId());
  }

  @Override
  public void conversationOpened(String conversationId, Set<String> participants) {
    circles.open(Key.conversation(conversationId), participants);
  }

  @Override
  public void participantChanged(String conversationId, Hint.Membership membership) {
    if (membership.added()) {
      circles.add(Key.conversation(conversationId), membership.userId());
    } else {
      circles.remove(Key.conversation(conversationId), membership.userId());
    }
  }

  @Override
  public void participantHere(String conversationId, String userId) {
    circles.add(Key.conversation(conversationId), userId);
    circles.addLocal(Key.conversation(conversationId), userId);
  }

  @Override
  public void participantAway(String conversationId, String userId) {
    circles.removeLocal(Key.conversation(conversationId), userId);
  }

  @Override
  public void conversationClosed(String conversationId) {
    circles.close(Key.conversation(conversationId));
  }

  @Override
  public void began(String userId) {
    Watched fresh = new Watched(message -> heard(userId, message));
    watched.put(userId, fresh);
    channels
        .subscribe(channel(userId), fresh.handler)
        .onComplete(_ -> hub.execute(() -> read(List.of(userId))));
  }

  @Override
  public void ended(String userId) {
    Watched old = watched.remove(userId);
    if (old != null) {
      channels.unsubscribe(channel(userId), old.handler);
    }
    unread.remove(userId);
  }

  // ---- what is heard

  private void heard(String userId, Buffer message) {
    PresenceNews.OfUser news;
    try {
      news = json.read(RawJson.of(message.getBytes()), PresenceNews.OfUser.class);
    } catch (Refusal e) {
      LOG.error("event=presence-not-understood", e);
      return;
    }
    hub.execute(() -> heard(userId, news));
  }

  private void heard(String userId, PresenceNews.OfUser news) {
    Watched known = watched.get(userId);
    if (known == null || news.version() <= known.version) {
      return;
    }
    if (known.version == UNKNOWN) {
      if (news.again()) {
        // may be older than our interest; it is being read
        return;
      }
      known.status = news.was();
    }
    Long lastSeen = news.lastSeen();
    PersonState state =
        new PersonState(
            userId,
            news.version(),
            news.status(),
            lastSeen == null ? null : Instant.ofEpochMilli(lastSeen));
    tell(known, state, news.by());
  }

  private void tell(Watched known, PersonState state, @Nullable String by) {
    String before = known.status;
    String now = state.status();
    String userId = state.userId();
    known.version = state.version();
    known.status = now;
    noteOwn(userId, now);
    if (now.equals(before)) {
      return;
    }
    Set<String> audience = circles.audience(userId, now.equals(OFFLINE));
    if (now.equals(OFFLINE)) {
      announcer.offline(userId, state.lastSeen(), audience);
    } else if (before.equals(OFFLINE)) {
      announcer.online(userId, audience);
      if (!now.equals(ONLINE)) {
        announcer.status(userId, now, audience);
      }
    } else {
      announcer.status(userId, now, audience);
      if (circles.isHere(userId)) {
        announcer.statusToOwn(userId, now, by);
      }
    }
  }

  private void noteOwn(String userId, String status) {
    if (circles.isHere(userId)) {
      activity.asleep(userId, status.equals("away"));
    }
  }

  // ---- what is read

  private void read(Collection<String> userIds) {
    unread.addAll(userIds);
    if (!reading && !unread.isEmpty()) {
      reading = true;
      hub.after(GATHER_MILLIS, this::readUnread);
    }
  }

  private void readUnread() {
    reading = false;
    Map<Integer, List<String>> byPartition = new HashMap<>();
    for (String userId : unread) {
      if (watched.containsKey(userId)) {
        byPartition
            .computeIfAbsent(
                Service.PRESENCE.partitionOf(Key.user(userId)).index(), _ -> new ArrayList<>())
            .add(userId);
      }
    }
    unread.clear();
    byPartition.forEach((partition, userIds) -> {
      for (int from = 0; from < userIds.size(); from += ReadPeople.MOST) {
        ask(partition, userIds.subList(from, Math.min(from + ReadPeople.MOST, userIds.size())));
      }
    });
  }

  private void ask(int partition, List<String> userIds) {
    Map<String, Long> asked = new HashMap<>();
    for (String userId : userIds) {
      Watched known = watched.get(userId);
      if (known != null) {
        asked.put(userId, known.version);
      }
    }
    questions.ask(
        Key.partition(partition),
        new ReadPeople(userIds),
        reply -> {
          if (reply instanceof Reply.Done(_, _, RawJson body)) {
            json.read(body, PeopleState.class)
                .people()
                .forEach(state -> wasRead(state, asked.remove(state.userId())));
          }
          if (!asked.isEmpty()) {
            hub.after(RETRY_MILLIS, () -> read(asked.keySet()));
          }
        });
  }

  /// @param asked the version known when it was asked
  private void wasRead(PersonState state, @Nullable Long asked) {
    Watched known = watched.get(state.userId());
    if (known == null || asked == null) {
      return;
    }
    if (known.version == UNKNOWN) {
      known.version = state.version();
      known.status = state.status();
      noteOwn(state.userId(), state.status());
    } else if (state.version() > known.version
        || (known.version == asked && state.version() != known.version)) {
      tell(known, state, null);
    }
  }

  private static String channel(String userId) {
    Key key = Key.user(userId);
    return Service.PRESENCE.partitionOf(key).channel(key);
  }
}
