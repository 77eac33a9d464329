package io.chatterbox.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.chatterbox.bus.Json;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.Settable;
import io.chatterbox.contract.PresenceCommand.What;
import io.chatterbox.contract.PresenceNews;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(AuthEnd.class)
class PresenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofMinutes(3);

  @Inject Gateways gateways;
  @Inject Json json;
  @Inject RedisAPI redis;

  private final Person ann = person("ann");
  private final Person bob = person("bob");
  private final String laptop = incarnation();
  private final String phone = incarnation();
  private final String room = "room-" + UUID.randomUUID();
  private Queue<PresenceNews.OfUser> heard;

  @BeforeEach
  void gatewaysLive() {
    gateways.begin(laptop);
    gateways.begin(phone);
    heard = gateways.listen(ann);
  }

  @Test
  void saysOnlineOnceForTwoDevicesAndOfflineOnceAfterTheLast() {
    gateways.online(laptop, ann);
    gateways.online(phone, ann);
    gateways.gone(laptop, ann);
    assertThat(status(ann)).isEqualTo("online");
    gateways.gone(phone, ann);
    awaitSaid("online", "offline");
    inside("/internal/presence?ids=" + ann.userId())
        .body("presence[0].status", equalTo("offline"))
        .body("presence[0].lastSeen", endsWith("Z"));
  }

  @Test
  void doesNotSeeAReload() {
    gateways.online(laptop, ann);
    gateways.gone(laptop, ann);
    gateways.online(phone, ann);
    awaitOneMoreLook();
    awaitSaid("online");
    assertThat(status(ann)).isEqualTo("online");
  }

  @Test
  void takesEverybodyOfADeadGatewayForGone() {
    Queue<PresenceNews.OfRoom> inRoom = gateways.listen(room);
    gateways.online(laptop, ann);
    gateways.passes(laptop, What.entered, ann, room);
    gateways.end(laptop);
    awaitSaid("online", "offline");
    awaitPassed(inRoom, What.entered, What.cut);
  }

  @Test
  void whatIsReportedUnderAnotherIncarnationGoesOn() {
    gateways.online(laptop, ann);
    gateways.online(laptop, bob);
    gateways.online(phone, bob);
    Queue<PresenceNews.OfUser> ofBob = gateways.listen(bob);
    gateways.end(laptop);
    awaitSaid("online", "offline");
    assertThat(said(ofBob)).isEmpty();
    assertThat(status(bob)).isEqualTo("online");
  }

  @Test
  void aReportThatComesAfterItsLeaseHasEndedLeavesNoGhost() {
    gateways.end(laptop);
    gateways.online(laptop, ann);
    awaitSaid("online", "offline");
  }

  @Test
  void saysAStatusSetByHandAfterOnlineAndKeepsItOverAReconnect() {
    gateways.online(laptop, ann);
    gateways.setStatus(ann, Settable.busy);
    gateways.setStatus(ann, Settable.busy);
    awaitSaid("online", "busy");
    gateways.gone(laptop, ann);
    awaitSaid("online", "busy", "offline");
    gateways.online(laptop, ann);
    awaitSaid("online", "busy", "offline", "busy");
    gateways.setStatus(ann, Settable.online);
    awaitSaid("online", "busy", "offline", "busy", "online");
  }

  @Test
  void namesTheSocketThatSetAStatus() {
    gateways.online(laptop, ann);
    gateways.setStatus(ann, Settable.away);
    awaitSaid("online", "away");
    assertThat(heard).last().extracting(PresenceNews.OfUser::by).isEqualTo("socket");
  }

  @Test
  void isAwayAfterSilenceAndOnlineWithTheNextEvent() {
    gateways.online(laptop, ann);
    letSilencePass();
    awaitSaid("online", "away");
    gateways.active(laptop, ann, Duration.ZERO);
    assertThat(status(ann)).isEqualTo("online");
  }

  @Test
  void anOldSignOfLifeDoesNotHideSilence() {
    gateways.online(laptop, ann);
    letSilencePass();
    awaitSaid("online", "away");
    gateways.active(laptop, ann, SILENCE.minusSeconds(1));
    assertThat(status(ann)).isEqualTo("away");
  }

  @Test
  void aSignOfLifeBringsNobodyBack() {
    gateways.online(laptop, ann);
    gateways.gone(laptop, ann);
    awaitSaid("online", "offline");
    gateways.active(laptop, ann, Duration.ZERO);
    assertThat(status(ann)).isEqualTo("offline");
  }

  @Test
  void tellsWhoComesIntoARoomAndGoesOncePerPerson() {
    Queue<PresenceNews.OfRoom> inRoom = gateways.listen(room);
    gateways.passes(laptop, What.entered, ann, room);
    gateways.passes(phone, What.entered, ann, room);
    gateways.passes(laptop, What.cut, ann, room);
    inside("/internal/rooms/occupants?room=" + room)
        .body("userCount", equalTo(1))
        .body("users[0]._id", equalTo(ann.userId()))
        .body("users[0].username", equalTo("ann"))
        .body("users[0].status", equalTo("online"));
    gateways.passes(phone, What.left, ann, room);
    awaitPassed(inRoom, What.entered, What.left);
    gateways.passes(phone, What.entered, ann, room);
    gateways.passes(phone, What.cut, ann, room);
    awaitPassed(inRoom, What.entered, What.left, What.entered, What.cut);
    assertThat(gateways.read(room).people()).isEmpty();
  }

  @Test
  void versionsOfARoomHaveNoGap() {
    Queue<PresenceNews.OfRoom> inRoom = gateways.listen(room);
    gateways.passes(laptop, What.entered, ann, room);
    gateways.passes(laptop, What.entered, bob, room);
    gateways.passes(laptop, What.left, ann, room);
    awaitPassed(inRoom, What.entered, What.entered, What.left);
    List<Long> versions =
        inRoom.stream().filter(news -> news.what() != null).map(n -> n.version()).toList();
    assertThat(versions)
        .containsExactly(versions.getFirst(), versions.getFirst() + 1, versions.getFirst() + 2);
    assertThat(gateways.read(room).version()).isEqualTo(versions.getLast());
  }

  @Test
  void saysEachChangeAgainForThoseWhoDidNotHearIt() {
    Queue<PresenceNews.OfRoom> inRoom = gateways.listen(room);
    gateways.online(laptop, ann);
    gateways.passes(laptop, What.entered, ann, room);
    await()
        .atMost(PATIENCE)
        .until(
            () -> heard.stream().anyMatch(news -> news.again() && news.status().equals("online")));
    await().atMost(PATIENCE).until(() -> inRoom.stream().anyMatch(news -> news.what() == null));
    assertThat(heard.stream().map(PresenceNews.OfUser::version).distinct()).hasSize(1);
    assertThat(inRoom.stream().map(PresenceNews.OfRoom::version).distinct()).hasSize(1);
  }

  @Test
  void keepsWhenSomebodyWasSeenAlsoWhenRedisForgets() {
    gateways.online(laptop, ann);
    gateways.gone(laptop, ann);
    awaitSaid("online", "offline");
    String key = Service.PRESENCE.partitionOf(Key.user(ann.userId())).key("");
    await()
        .atMost(PATIENCE)
        .until(() -> redis.hget(key + "unsaved", ann.userId()).await().indefinitely() == null);
    redis.del(List.of(key + "user:" + ann.userId())).await().indefinitely();
    assertThat(gateways.read(ann).status()).isEqualTo("offline");
    assertThat(gateways.read(ann).lastSeen()).isNotNull();
    inside("/internal/presence?ids=" + ann.userId()).body("presence[0].lastSeen", endsWith("Z"));
  }

  @Test
  void asksGatewaysWhenAPartitionHasLostEverything() {
    String key = Service.PRESENCE.partitionOf(Key.user(ann.userId())).key("");
    awaitOneMoreLook();
    Queue<?> requests = gateways.listenToRequests();
    redis.del(List.of(key + "since", key + "asked")).await().indefinitely();
    await().atMost(PATIENCE).until(() -> !requests.isEmpty());
  }

  @Test
  void dropsUnknownIdsAndDoublesAndAnswersInTheOrderAsked() {
    gateways.online(laptop, bob);
    List<String> asked = List.of(ann.userId(), "nobody", bob.userId(), ann.userId());
    Found found = json.read(gateways.getPresence(ann, asked), Found.class);
    assertThat(found.presence())
        .extracting(Seen::userId)
        .containsExactly(ann.userId(), bob.userId());
    assertThat(found.presence()).extracting(Seen::status).containsExactly("offline", "online");
  }

  @Test
  void tellsNobodyToBeOfflineWhomGatewaysHaveNotReportedAgain() {
    gateways.online(laptop, ann);
    String key = Service.PRESENCE.partitionOf(Key.user(ann.userId())).key("");
    // as if Redis had lost everything just now
    redis
        .del(List.of(key + "user:" + ann.userId(), key + "on:" + ann.userId()))
        .await()
        .atMost(PATIENCE);
    String later = Long.toString(System.currentTimeMillis() + PATIENCE.toMillis());
    redis.set(List.of(key + "since", later)).await().atMost(PATIENCE);
    try {
      inside("/internal/presence?ids=" + ann.userId())
          .statusCode(503)
          .body("error.code", equalTo("UNAVAILABLE"));
      assertThatThrownBy(() -> gateways.getPresence(bob, List.of(ann.userId())))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
      gateways.online(laptop, ann);
      Found found = json.read(gateways.getPresence(bob, List.of(ann.userId())), Found.class);
      assertThat(found.presence()).extracting(Seen::status).containsExactly("online");
      assertThat(status(ann)).isEqualTo("online");
    } finally {
      redis.set(List.of(key + "since", "0")).await().atMost(PATIENCE);
    }
  }

  @Test
  void forgetsADeletedAccountAsSoonAsItIsNotThere() {
    gateways.online(laptop, ann);
    delete(ann);
    assertThat(status(ann)).isEqualTo("online");
    gateways.gone(laptop, ann);
    awaitSaid("online", "offline");
    delete(ann);
    inside("/internal/presence?ids=" + ann.userId()).body("presence[0].lastSeen", nullValue());
  }

  private static void delete(Person person) {
    given()
        .header("X-ChatterBox-Internal", "for-tests")
        .delete("/internal/accounts/" + person.userId())
        .then()
        .statusCode(200);
  }

  /// As if Ann's last event had been so long ago: Redis's clock cannot be turned.
  private void letSilencePass() {
    String key = Service.PRESENCE.partitionOf(Key.user(ann.userId())).key("");
    String then = Long.toString(System.currentTimeMillis() - SILENCE.toMillis());
    redis.hset(List.of(key + "user:" + ann.userId(), "active", then)).await().atMost(PATIENCE);
    redis.zadd(List.of(key + "due", then, "away " + ann.userId())).await().atMost(PATIENCE);
  }

  /// Somebody who goes after this was called is offline: all that was due before has been done.
  private void awaitOneMoreLook() {
    Person other = person("other");
    Queue<PresenceNews.OfUser> ofOther = gateways.listen(other);
    gateways.online(laptop, other);
    gateways.gone(laptop, other);
    await().atMost(PATIENCE).until(() -> said(ofOther).equals(List.of("online", "offline")));
  }

  private String status(Person person) {
    return inside("/internal/presence?ids=" + person.userId()).extract().path("presence[0].status");
  }

  private static ValidatableResponse inside(String path) {
    return given().header("X-ChatterBox-Internal", "for-tests").get(path).then();
  }

  private void awaitSaid(String... statuses) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(said(heard)).containsExactly(statuses));
  }

  private static List<String> said(Queue<PresenceNews.OfUser> heard) {
    return heard.stream().filter(news -> !news.again()).map(PresenceNews.OfUser::status).toList();
  }

  private static void awaitPassed(Queue<PresenceNews.OfRoom> heard, What... expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(heard.stream().filter(n -> n.what() != null).map(PresenceNews.OfRoom::what))
                .containsExactly(expected));
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
