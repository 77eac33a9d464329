package io.chatterbox.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Hints;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.PresenceCommand;
import io.chatterbox.contract.PresenceCommand.Occupant;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(AuthEnd.class)
class PresenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofMinutes(5);

  @Inject CommandClient commands;
  @Inject Channels channels;
  @Inject Hints hints;
  @Inject Json json;
  @Inject RedisAPI redis;

  private final Person ann = person("ann");
  private final Person bob = person("bob");
  private final String laptop = incarnation();
  private final String phone = incarnation();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void gatewaysLive() {
    live(laptop);
    live(phone);
    listen(Key.user(ann.userId()));
  }

  @Test
  void saysOnlineOnceForTwoDevicesAndOfflineOnceAfterTheLast() {
    report(laptop, List.of(ann), List.of());
    report(phone, List.of(ann), List.of());
    report(laptop, List.of(), List.of(ann.userId()));
    assertThat(status(ann)).isEqualTo("online");
    report(phone, List.of(), List.of(ann.userId()));
    awaitHeard("presence:online", "presence:offline");
    assertThat(status(ann)).isEqualTo("offline");
    given()
        .header("X-ChatterBox-Internal", "for-tests")
        .get("/internal/presence?ids=" + ann.userId())
        .then()
        .body("presence[0].status", equalTo("offline"))
        .body("presence[0].lastSeen", org.hamcrest.Matchers.endsWith("Z"));
  }

  @Test
  void doesNotSeeAReload() {
    report(laptop, List.of(ann), List.of());
    report(laptop, List.of(), List.of(ann.userId()));
    report(phone, List.of(ann), List.of());
    // the watch has been round after the grace when somebody else's offline is said
    listen(Key.user(bob.userId()));
    report(laptop, List.of(bob), List.of());
    report(laptop, List.of(), List.of(bob.userId()));
    await().atMost(PATIENCE).until(() -> heard.contains("presence:offline " + bob.userId()));
    assertThat(heard).doesNotContain("presence:offline " + ann.userId());
    assertThat(status(ann)).isEqualTo("online");
  }

  @Test
  void takesEverybodyOfADeadGatewayForGone() {
    report(laptop, List.of(ann), List.of());
    redis.del(List.of(RedisNames.gatewayLease(laptop))).await().atMost(PATIENCE);
    awaitHeard("presence:online", "presence:offline");
  }

  @Test
  void aWholeReportEndsWhatItDoesNotName() {
    report(laptop, List.of(ann), List.of());
    send(ann, new Report(laptop, true, List.of(), List.of(), List.of(), List.of(), List.of()));
    awaitHeard("presence:online", "presence:offline");
  }

  @Test
  void saysAStatusSetByHandAfterOnlineAndKeepsItOverAReconnect() {
    report(laptop, List.of(ann), List.of());
    setStatus("busy");
    setStatus("busy");
    awaitHeard("presence:online", "presence:status");
    report(laptop, List.of(), List.of(ann.userId()));
    awaitHeard("presence:online", "presence:status", "presence:offline");
    report(laptop, List.of(ann), List.of());
    awaitHeard(
        "presence:online",
        "presence:status",
        "presence:offline",
        "presence:online",
        "presence:status");
    assertThat(status(ann)).isEqualTo("busy");
  }

  @Test
  void isAwayAfterSilenceAndOnlineWithTheNextEvent() {
    report(laptop, List.of(ann), List.of());
    awaitHeard("presence:online", "presence:status");
    assertThat(status(ann)).isEqualTo("away");
    send(
        ann,
        new Report(
            laptop, false, List.of(), List.of(), List.of(ann.userId()), List.of(), List.of()));
    assertThat(status(ann)).isEqualTo("online");
  }

  @Test
  void tellsWhoComesIntoARoomAndGoesOncePerPerson() {
    String room = "room-" + UUID.randomUUID();
    listen(Key.room(room));
    enter(laptop, room);
    enter(phone, room);
    leave(laptop, room, false);
    given()
        .header("X-ChatterBox-Internal", "for-tests")
        .get("/internal/rooms/occupants?room=" + room)
        .then()
        .body("userCount", equalTo(1))
        .body("users[0]._id", equalTo(ann.userId()))
        .body("users[0].username", equalTo("ann"));
    leave(phone, room, true);
    awaitHeard("user-joined-room", "user-left-room");
    enter(phone, room);
    leave(phone, room, false);
    awaitHeard("user-joined-room", "user-left-room", "user-joined-room", "user-left-room");
  }

  @Test
  void dropsUnknownIdsAndDoublesAndAnswersInTheOrderAsked() {
    report(laptop, List.of(bob), List.of());
    Reply.Done answer =
        commands.ask(
            Service.PRESENCE,
            Key.user(ann.userId()),
            caller(),
            new PresenceCommand.GetPresence(
                List.of(ann.userId(), "nobody", bob.userId(), ann.userId())));
    Found found = json.read(answer.body(), Found.class);
    assertThat(found.presence())
        .extracting(Seen::userId)
        .containsExactly(ann.userId(), bob.userId());
    assertThat(found.presence()).extracting(Seen::status).containsExactly("offline", "online");
  }

  private void enter(String incarnation, String room) {
    sendTo(
        Service.PRESENCE.partitionOf(Key.room(room)),
        new Report(
            incarnation,
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(new Occupant(room, ann, false)),
            List.of()));
  }

  private void leave(String incarnation, String room, boolean bye) {
    sendTo(
        Service.PRESENCE.partitionOf(Key.room(room)),
        new Report(
            incarnation,
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Occupant(room, ann, bye))));
  }

  private void report(String incarnation, List<Person> online, List<String> gone) {
    Person about = online.isEmpty() ? person(gone.getFirst()) : online.getFirst();
    sendTo(
        Service.PRESENCE.partitionOf(Key.user(online.isEmpty() ? gone.getFirst() : about.userId())),
        new Report(incarnation, false, online, gone, List.of(), List.of(), List.of()));
  }

  private void send(Person about, Report report) {
    sendTo(Service.PRESENCE.partitionOf(Key.user(about.userId())), report);
  }

  private void sendTo(Partition partition, Report report) {
    commands.ask(
        Service.PRESENCE,
        Key.partition(partition.index()),
        new Caller("gateway", "gateway", "", ""),
        report);
  }

  private void setStatus(String status) {
    commands.ask(
        Service.PRESENCE,
        Key.user(ann.userId()),
        caller(),
        new PresenceCommand.UpdateStatus(PresenceCommand.Settable.valueOf(status)));
  }

  private Caller caller() {
    return new Caller(ann.userId(), "ann", "session", "socket");
  }

  private String status(Person person) {
    return given()
        .header("X-ChatterBox-Internal", "for-tests")
        .get("/internal/presence?ids=" + person.userId())
        .path("presence[0].status");
  }

  private void live(String incarnation) {
    redis
        .set(
            List.of(
                RedisNames.gatewayLease(incarnation), "1", "PX", Long.toString(LEASE.toMillis())))
        .await()
        .atMost(PATIENCE);
  }

  private void listen(Key key) {
    channels
        .subscribe(
            Service.PRESENCE.partitionOf(key).channel(key),
            message -> {
              for (Hint hint : hints.read(message)) {
                hint.events()
                    .forEach(event ->
                        heard.add(
                            event.event()
                                + (key.equals(Key.user(bob.userId()))
                                        || event.event().equals("presence:offline")
                                    ? " " + key.id()
                                    : "")));
              }
            })
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void awaitHeard(String... events) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(heard.stream().map(said -> said.split(" ", 2)[0])).containsExactly(events));
  }

  private static Person person(String name) {
    return new Person("u-" + UUID.randomUUID(), name);
  }

  private static String incarnation() {
    return "gateway-" + UUID.randomUUID();
  }

  record Found(List<Seen> presence) {
    Found {
      presence = List.copyOf(presence);
    }
  }

  record Seen(String userId, String status) {}
}
