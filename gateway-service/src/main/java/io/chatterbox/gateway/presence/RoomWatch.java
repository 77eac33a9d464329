package io.chatterbox.gateway.presence;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.ReadRoom;
import io.chatterbox.contract.PresenceCommand.RoomState;
import io.chatterbox.contract.PresenceCommand.What;
import io.chatterbox.contract.PresenceNews;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.LocalListener;
import io.chatterbox.gateway.fanout.Questions;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hears who comes into and goes out of the rooms that somebody here has joined, and tells those
/// inside. A change that was missed shows as a gap in the room's versions: then the room is read
/// again, and the difference told. Only on the hub.
@Singleton
public final class RoomWatch implements LocalListener {
  private static final Logger LOG = Logger.getLogger(RoomWatch.class);
  private static final int MOST_EARLY = 1_000;
  private static final long RETRY_MILLIS = 1_000;
  private static final long UNKNOWN = -1;

  private final Map<String, Room> rooms = new HashMap<>();
  private final PeopleWatch people;
  private final Channels channels;
  private final Questions questions;
  private final Announcer announcer;
  private final Json json;
  private final Hub hub;
  private final long fading;

  /// A room, and who was told to be in it last.
  private static final class Room {
    private final String name;
    private final Handler<Buffer> handler;
    private final Set<String> locals = new HashSet<>();
    private final Map<String, Person> inside = new HashMap<>();

    /// What was heard before it was known who is inside.
    private final List<PresenceNews.OfRoom> early = new ArrayList<>();

    private long version = UNKNOWN;
    private boolean reading;
    private boolean again;

    Room(String name, Handler<Buffer> handler) {
      this.name = name;
      this.handler = handler;
    }

    Key key() {
      return Key.room(name);
    }
  }

  /// What all of it is made with.
  @Singleton
  record Tools(Channels channels, Questions questions, Announcer announcer, Json json, Hub hub) {}

  @Inject
  RoomWatch(PeopleWatch people, Tools tools, GatewayConfig config) {
    this.people = people;
    this.channels = tools.channels();
    this.questions = tools.questions();
    this.announcer = tools.announcer();
    this.json = tools.json();
    this.hub = tools.hub();
    this.fading = config.presence().fading().toMillis();
    channels.onRestored(() -> hub.execute(this::readAll));
    channels.subscribe(RedisNames.reportRequests(), _ -> hub.execute(this::readAll));
  }

  @Override
  public void enteredRoom(String roomName, Person person) {
    Room room = rooms.get(roomName);
    if (room == null) {
      Room fresh = new Room(roomName, message -> heard(roomName, message));
      rooms.put(roomName, fresh);
      people.circles().open(fresh.key(), Set.of());
      channels
          .subscribe(channel(fresh), fresh.handler)
          .onComplete(_ -> hub.execute(() -> read(fresh)));
      room = fresh;
    }
    room.locals.add(person.userId());
    people.circles().addLocal(room.key(), person.userId());
  }

  @Override
  public void leftRoom(String roomName, Person person, boolean bye) {
    Room room = rooms.get(roomName);
    if (room == null || !room.locals.remove(person.userId())) {
      return;
    }
    people.circles().removeLocal(room.key(), person.userId());
    if (room.locals.isEmpty()) {
      rooms.remove(roomName);
      people.circles().close(room.key());
      channels.unsubscribe(channel(room), room.handler);
    }
  }

  private void heard(String roomName, Buffer message) {
    PresenceNews.OfRoom news;
    try {
      news = json.read(RawJson.of(message.getBytes()), PresenceNews.OfRoom.class);
    } catch (Refusal e) {
      LOG.error("event=occupancy-not-understood", e);
      return;
    }
    hub.execute(() -> {
      Room room = rooms.get(roomName);
      if (room != null) {
        heard(room, news);
      }
    });
  }

  private void heard(Room room, PresenceNews.OfRoom news) {
    What what = news.what();
    Person person = news.person();
    if (room.version == UNKNOWN) {
      if (what != null && person != null && room.early.size() < MOST_EARLY) {
        room.early.add(news);
        pass(room, what, person);
      }
    } else if (news.version() > room.version) {
      if (what != null && person != null && news.version() == room.version + 1) {
        room.version = news.version();
        pass(room, what, person);
      } else {
        read(room);
      }
    }
  }

  private void pass(Room room, What what, Person person) {
    boolean enters = what == What.entered;
    boolean isInside = room.inside.containsKey(person.userId());
    // who is inside is not known while the room is being read for the first time
    if (enters == isInside && room.version != UNKNOWN) {
      return;
    }
    if (enters) {
      note(room, person);
      announcer.entered(room.name, person);
    } else {
      forget(room, person, what);
      announcer.left(room.name, person);
    }
  }

  private void note(Room room, Person person) {
    room.inside.put(person.userId(), person);
    people.circles().add(room.key(), person.userId());
  }

  private void forget(Room room, Person person, What how) {
    room.inside.remove(person.userId());
    if (how == What.cut) {
      people.circles().fade(room.key(), person.userId());
      hub.after(fading, () -> people.circles().fadeOut(room.key(), person.userId()));
    } else {
      people.circles().remove(room.key(), person.userId());
    }
  }

  private void readAll() {
    rooms.values().forEach(this::read);
  }

  private void read(Room room) {
    if (rooms.get(room.name) != room) {
      return;
    }
    if (room.reading) {
      room.again = true;
      return;
    }
    room.reading = true;
    room.again = false;
    long asked = room.version;
    questions.ask(
        room.key(),
        new ReadRoom(room.name),
        reply -> {
          room.reading = false;
          if (rooms.get(room.name) != room) {
            return;
          }
          boolean isKnown = false;
          if (reply instanceof Reply.Done(_, _, RawJson body)) {
            isKnown = wasRead(room, asked, json.read(body, RoomState.class));
          }
          if (!isKnown) {
            hub.after(RETRY_MILLIS, () -> read(room));
          } else if (room.again) {
            read(room);
          }
        });
  }

  /// @param asked the version known when it was asked
  /// @return whether the room is known now
  private boolean wasRead(Room room, long asked, RoomState state) {
    if (room.version == UNKNOWN) {
      room.version = state.version();
      state.people().forEach(person -> note(room, person));
      for (PresenceNews.OfRoom news : room.early) {
        replay(room, news);
      }
      room.early.clear();
    } else if (state.version() > room.version || room.version == asked) {
      // also when the version is the same: the last answer may not have been settled
      room.version = state.version();
      tellDifference(room, state);
    }
    return state.isSettled();
  }

  /// What was told before it was known who is inside, if the answer did not know it yet.
  private void replay(Room room, PresenceNews.OfRoom news) {
    What what = news.what();
    @Nullable Person person = news.person();
    if (news.version() > room.version && what != null && person != null) {
      room.version = news.version();
      if (what == What.entered) {
        note(room, person);
      } else {
        forget(room, person, what);
      }
    }
  }

  private void tellDifference(Room room, RoomState state) {
    Set<String> inside = new HashSet<>();
    for (Person person : state.people()) {
      inside.add(person.userId());
      if (!room.inside.containsKey(person.userId())) {
        note(room, person);
        announcer.entered(room.name, person);
      }
    }
    if (state.isSettled() && state.isWhole()) {
      for (Person person : List.copyOf(room.inside.values())) {
        if (!inside.contains(person.userId())) {
          forget(room, person, What.cut);
          announcer.left(room.name, person);
        }
      }
    }
  }

  private static String channel(Room room) {
    return Service.PRESENCE.partitionOf(room.key()).channel(room.key());
  }
}
