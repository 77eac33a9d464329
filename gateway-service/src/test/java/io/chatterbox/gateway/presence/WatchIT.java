package io.chatterbox.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.PersonState;
import io.chatterbox.contract.PresenceCommand.ReadRoom;
import io.chatterbox.contract.PresenceCommand.RoomState;
import io.chatterbox.contract.PresenceCommand.What;
import io.chatterbox.contract.PresenceNews;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Questions;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class WatchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LAST_SEEN = 1_700_000_000_000L;

  @Inject Channels channels;
  @Inject Questions questions;
  @Inject Activity activity;
  @Inject PresenceEnd presence;
  @Inject Json json;
  @Inject Hub hub;
  @Inject RedisAPI redis;
  @Inject GatewayConfig config;

  private final Person ann = person("ann");

  /// Of another partition than Ann, so that each is asked for alone.
  private final Person bob =
      Stream.generate(() -> person("bob"))
          .filter(bob -> partitionOf(bob) != partitionOf(ann))
          .findFirst()
          .orElseThrow();

  private final String pair = "pair-" + UUID.randomUUID();
  private final String room = "room-" + UUID.randomUUID();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private PeopleWatch people;
  private RoomWatch rooms;

  /// Ann is here and shares a conversation with Bob, who is offline.
  @BeforeEach
  void begin() {
    Told announcer = new Told();
    people = new PeopleWatch(channels, questions, announcer, activity, json, hub);
    rooms =
        new RoomWatch(
            people, new RoomWatch.Tools(channels, questions, announcer, json, hub), config);
    presence.say(new PersonState(ann.userId(), 1, "online", null));
    presence.say(new PersonState(bob.userId(), 10, "offline", null));
    annComes();
  }

  @Test
  void tellsTheCompanyOfSomebodyEachChangeOnce() {
    publish(news(11, "offline", "online", false));
    publish(news(11, "offline", "online", true));
    publish(news(12, "online", "busy", false));
    publish(news(13, "busy", "offline", false));
    awaitTold(
        "online bob to ann",
        "busy bob to ann",
        "offline bob to ann seen " + Instant.ofEpochMilli(LAST_SEEN));
  }

  @Test
  void dropsWhatIsOlderThanWhatItKnows() {
    publish(news(12, "offline", "online", false));
    publish(news(11, "online", "offline", false));
    publish(news(13, "online", "away", false));
    awaitTold("online bob to ann", "away bob to ann");
  }

  @Test
  void tellsOnlineFirstOfSomebodyWhoComesBusy() {
    publish(news(11, "offline", "busy", false));
    awaitTold("online bob to ann", "busy bob to ann");
  }

  @Test
  void healsALostHintWithItsRepeat() {
    publish(news(11, "offline", "online", true));
    awaitTold("online bob to ann");
  }

  @Test
  void tellsTheDifferenceAfterALostLink() {
    publish(news(11, "offline", "online", false));
    awaitTold("online bob to ann");
    presence.say(new PersonState(bob.userId(), 14, "offline", null));
    loseTheLink();
    awaitTold("online bob to ann", "offline bob to ann seen never");
  }

  @Test
  void saysNothingAfterALostLinkWhenNothingChanged() {
    publish(news(11, "offline", "online", false));
    presence.say(new PersonState(bob.userId(), 11, "online", null));
    int before = presence.reads();
    loseTheLink();
    await().atMost(PATIENCE).until(() -> presence.reads() > before);
    publish(news(15, "online", "away", false));
    awaitTold("online bob to ann", "away bob to ann");
  }

  @Test
  void whoIsForgottenByPresenceIsTakenForGoneWhateverHisVersion() {
    publish(news(11, "offline", "online", false));
    awaitTold("online bob to ann");
    presence.say(new PersonState(bob.userId(), 0, "offline", null));
    loseTheLink();
    awaitTold("online bob to ann", "offline bob to ann seen never");
  }

  @Test
  void tellsTheDifferenceWhenPresenceHasForgottenAndIsToldAnew() {
    enter(new RoomState(20, true, true, List.of(bob, ann)));
    publish(news(11, "offline", "online", false));
    awaitTold("online bob to ann");
    presence.say(new PersonState(bob.userId(), 0, "offline", null));
    presence.say(room, new RoomState(0, true, true, List.of(ann)));
    redis.publish(RedisNames.reportRequests(), "").await().atMost(PATIENCE);
    await().atMost(PATIENCE).until(() -> told.size() == 3);
    assertThat(told).contains("bob leaves", "offline bob to ann seen never");
  }

  @Test
  void tellsAUsersOwnDevicesOfAStatusButNotThatHeCame() {
    PresenceNews.OfUser busy =
        new PresenceNews.OfUser(ann.userId(), 3, "online", "busy", null, "socket", false);
    publish(Key.user(ann.userId()), busy);
    awaitTold("busy ann to own but socket");
  }

  @Test
  void tellsNobodyWhenNobodyOfTheCompanyIsHere() {
    onHub(() -> {
      people.participantAway(pair, ann.userId());
      people.conversationClosed(pair);
      people.signedOut(ann);
    });
    publish(news(11, "offline", "online", false));
    presence.say(new PersonState(bob.userId(), 11, "online", null));
    annComes();
    publish(news(12, "online", "away", false));
    awaitTold("away bob to ann");
  }

  @Test
  void tellsWhoComesIntoARoomAndGoes() {
    enter(new RoomState(20, true, true, List.of(ann)));
    publish(passing(21, What.entered, bob));
    publish(passing(22, What.left, bob));
    awaitTold("bob enters", "bob leaves");
  }

  @Test
  void tellsTheDifferenceWhenAVersionOfARoomIsMissing() {
    enter(new RoomState(20, true, true, List.of(ann)));
    Person cay = person("cay");
    Person dan = person("dan");
    publish(passing(21, What.entered, cay));
    awaitTold("cay enters");
    presence.say(room, new RoomState(24, true, true, List.of(dan, bob, ann)));
    publish(passing(24, What.entered, dan));
    await().atMost(PATIENCE).until(() -> told.size() == 4);
    assertThat(told)
        .containsExactlyInAnyOrder("cay enters", "dan enters", "bob enters", "cay leaves");
  }

  @Test
  void tellsTheDifferenceWhenTheRepeatNamesAVersionThatWasNotHeard() {
    enter(new RoomState(20, true, true, List.of(ann)));
    presence.say(room, new RoomState(21, true, true, List.of(bob, ann)));
    publish(Key.room(room), new PresenceNews.OfRoom(room, 21, null, null));
    awaitTold("bob enters");
  }

  @Test
  void takesNobodyForGoneWhileARoomIsNotSettled() {
    enter(new RoomState(20, true, true, List.of(bob, ann)));
    presence.say(room, new RoomState(30, false, true, List.of(ann)));
    int before = presence.reads();
    publish(Key.room(room), new PresenceNews.OfRoom(room, 30, null, null));
    await().atMost(PATIENCE).until(() -> presence.reads() > before + 1);
    assertThat(told).isEmpty();
    presence.say(room, new RoomState(30, true, true, List.of(ann)));
    awaitTold("bob leaves");
  }

  @Test
  void whoSharesARoomHearsThatSomebodyCutFromItGoesOffline() {
    onHub(() -> {
      people.participantAway(pair, ann.userId());
      people.conversationClosed(pair);
    });
    presence.say(new PersonState(bob.userId(), 10, "online", null));
    enter(new RoomState(20, true, true, List.of(bob, ann)));
    publish(passing(21, What.cut, bob));
    publish(news(11, "online", "offline", false));
    awaitTold("bob leaves", "offline bob to ann seen " + Instant.ofEpochMilli(LAST_SEEN));
  }

  private void annComes() {
    int before = presence.reads();
    onHub(() -> {
      people.signedIn(ann);
      people.conversationOpened(pair, Set.of(ann.userId(), bob.userId()));
      people.participantHere(pair, ann.userId());
    });
    await().atMost(PATIENCE).until(() -> presence.reads() >= before + 2);
  }

  private void enter(RoomState state) {
    presence.say(room, state);
    int before = presence.reads();
    onHub(() -> rooms.enteredRoom(room, ann));
    await().atMost(PATIENCE).until(() -> presence.reads() > before);
    // answers come on the hub in their order: this one is behind the room's
    CompletableFuture<Void> answered = new CompletableFuture<>();
    questions.ask(Key.room(room), new ReadRoom(room), _ -> answered.complete(null));
    answered.join();
  }

  private void loseTheLink() {
    redis.client(List.of("KILL", "TYPE", "pubsub")).await().atMost(PATIENCE);
  }

  private PresenceNews.OfUser news(long version, String was, String status, boolean again) {
    return new PresenceNews.OfUser(
        bob.userId(),
        version,
        was,
        status,
        status.equals("offline") ? LAST_SEEN : null,
        null,
        again);
  }

  private PresenceNews.OfRoom passing(long version, What what, Person person) {
    return new PresenceNews.OfRoom(room, version, what, person);
  }

  private void publish(PresenceNews.OfUser news) {
    publish(Key.user(news.userId()), news);
  }

  private void publish(PresenceNews.OfRoom news) {
    publish(Key.room(news.roomName()), news);
  }

  private void publish(Key key, PresenceNews news) {
    String channel = Service.PRESENCE.partitionOf(key).channel(key);
    redis.publish(channel, json.write(news).text()).await().atMost(PATIENCE);
  }

  private void onHub(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    hub.execute(() -> {
      task.run();
      done.complete(null);
    });
    done.join();
  }

  private void awaitTold(String... expected) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly(expected));
  }

  private String name(String userId) {
    return userId.equals(ann.userId()) ? "ann" : userId.equals(bob.userId()) ? "bob" : userId;
  }

  private static int partitionOf(Person person) {
    return Service.PRESENCE.partitionOf(Key.user(person.userId())).index();
  }

  private static Person person(String name) {
    return new Person("u-" + UUID.randomUUID(), name);
  }

  /// Writes down what clients would be told.
  private final class Told implements Announcer {
    @Override
    public void online(String userId, Set<String> audience) {
      tell("online", userId, audience, "");
    }

    @Override
    public void offline(String userId, @Nullable Instant lastSeen, Set<String> audience) {
      tell("offline", userId, audience, " seen " + (lastSeen == null ? "never" : lastSeen));
    }

    @Override
    public void status(String userId, String status, Set<String> audience) {
      tell(status, userId, audience, "");
    }

    @Override
    public void statusToOwn(String userId, String status, @Nullable String by) {
      told.add(status + " " + name(userId) + " to own but " + by);
    }

    @Override
    public void entered(String roomName, Person person) {
      told.add(person.username() + " enters");
    }

    @Override
    public void left(String roomName, Person person) {
      told.add(person.username() + " leaves");
    }

    private void tell(String what, String userId, Set<String> audience, String more) {
      audience.forEach(id -> told.add(what + " " + name(userId) + " to " + name(id) + more));
    }
  }
}
