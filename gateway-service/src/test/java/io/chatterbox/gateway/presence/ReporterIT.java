package io.chatterbox.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.PresenceCommand.Change;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.PresenceCommand.What;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class ReporterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Reporter reporter;
  @Inject Activity activity;
  @Inject PresenceEnd presence;
  @Inject Hub hub;
  @Inject RedisAPI redis;

  private final Person ann = person("ann");
  private final Person bob = person("bob");

  @BeforeEach
  void annIsHere() {
    hub.execute(() -> reporter.signedIn(ann));
    awaitReported(new Change(What.online, ann, ""));
  }

  @AfterEach
  void everybodyGoes() {
    presence.refuse(_ -> false);
    hub.execute(() -> {
      reporter.signedOut(ann);
      reporter.signedOut(bob);
    });
    awaitReported(new Change(What.gone, ann, ""));
  }

  @Test
  void reportsUnderALeaseThatIsRenewed() {
    String key = RedisNames.gatewayLease(incarnation());
    assertThat(exists(key)).isTrue();
    redis.pexpire(List.of(key, "1000")).await().atMost(PATIENCE);
    await().atMost(PATIENCE).until(() -> redis.pttl(key).await().atMost(PATIENCE).toLong() > 1_000);
  }

  @Test
  void whatHappensTogetherGoesInOneReport() {
    List<Person> people = inPartitionOf(ann, 50);
    hub.execute(() -> people.forEach(reporter::signedIn));
    people.forEach(person -> awaitReported(new Change(What.online, person, "")));
    assertThat(presence.reports())
        .filteredOn(report ->
            report.changes().stream().anyMatch(change -> people.contains(change.person())))
        .hasSize(1);
    hub.execute(() -> people.forEach(reporter::signedOut));
  }

  @Test
  void tellsHowSomebodyLeftARoom() {
    hub.execute(() -> {
      reporter.enteredRoom("tech", ann);
      reporter.leftRoom("tech", ann, true);
      reporter.enteredRoom("tech", ann);
      reporter.leftRoom("tech", ann, false);
    });
    awaitReported(new Change(What.cut, ann, "tech"));
    assertThat(
            presence.reports().stream()
                .flatMap(report -> report.changes().stream())
                .filter(change -> change.person().equals(ann) && change.room().equals("tech"))
                .map(Change::what))
        .containsExactly(What.entered, What.left, What.entered, What.cut);
  }

  @Test
  void reportsEverythingUnderAnotherIncarnationAfterALostLease() {
    String before = incarnation();
    redis.del(List.of(RedisNames.gatewayLease(before))).await().atMost(PATIENCE);
    String now = awaitReportedUnderAnother(before);
    assertThat(exists(RedisNames.gatewayLease(now))).isTrue();
    assertThat(exists(RedisNames.gatewayLease(before))).isFalse();
  }

  @Test
  void reportsEverythingWhenAskedAndKeepsTheOldLeaseUntilThen() {
    String before = incarnation();
    presence.refuse(report -> !report.incarnation().equals(before));
    redis.publish(RedisNames.reportRequests(), "").await().atMost(PATIENCE);
    hub.execute(() -> reporter.signedIn(bob));
    await()
        .atMost(PATIENCE)
        .until(() -> redis.keys("{gateway:*}:lease").await().atMost(PATIENCE).size() > 1);
    assertThat(exists(RedisNames.gatewayLease(before))).isTrue();
    presence.refuse(_ -> false);
    awaitReported(new Change(What.online, bob, ""));
    awaitReportedUnderAnother(before);
    await().atMost(PATIENCE).until(() -> !exists(RedisNames.gatewayLease(before)));
  }

  @Test
  void reportsEverythingAnewWhenItIsNotKnownWhatArrived() {
    String before = incarnation();
    presence.refuse(report ->
        report.incarnation().equals(before)
            && report.changes().contains(new Change(What.online, bob, "")));
    hub.execute(() -> reporter.signedIn(bob));
    awaitReported(new Change(What.online, bob, ""));
    awaitReportedUnderAnother(before);
  }

  @Test
  void signsOfLifeOfManyCostOneReportForEachPartition() {
    List<Person> many = IntStream.range(0, 5_000).mapToObj(_ -> person("many")).toList();
    int before = presence.reports().size();
    many.forEach(person -> activity.of(person.userId(), "socket"));
    Set<String> ids = many.stream().map(Person::userId).collect(Collectors.toSet());
    await().atMost(PATIENCE).until(() -> signed(before).containsAll(ids));
    // a turn that was under way when they came may split one partition's
    assertThat(
            presence.reports().stream().skip(before).filter(report -> !report.active().isEmpty()))
        .hasSizeLessThanOrEqualTo(Service.PARTITIONS + 1);
  }

  @Test
  void whoIsAwayIsReportedWithHisFirstSign() {
    activity.asleep(ann.userId(), true);
    activity.of(ann.userId(), "socket");
    await()
        .atMost(PATIENCE)
        .until(() ->
            presence.reports().stream()
                .anyMatch(r -> r.active().contains(new Active(ann.userId(), "socket", 0))));
  }

  private Set<String> signed(int from) {
    return presence.reports().stream()
        .skip(from)
        .flatMap(report -> report.active().stream())
        .map(Active::userId)
        .collect(Collectors.toSet());
  }

  /// The one under which Ann was reported last.
  private String incarnation() {
    return lastReportOf(ann).orElseThrow().incarnation();
  }

  private Optional<Report> lastReportOf(Person person) {
    return presence.reports().stream()
        .filter(report -> report.changes().contains(new Change(What.online, person, "")))
        .reduce((_, later) -> later);
  }

  private String awaitReportedUnderAnother(String before) {
    return await()
        .atMost(PATIENCE)
        .until(this::incarnation, incarnation -> !incarnation.equals(before));
  }

  private void awaitReported(Change change) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            presence.reports().stream().anyMatch(report -> report.changes().contains(change)));
  }

  private boolean exists(String key) {
    return redis.exists(List.of(key)).await().atMost(PATIENCE).toInteger() == 1;
  }

  private static List<Person> inPartitionOf(Person other, int count) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(_ -> person("one"))
        .filter(person ->
            Service.PRESENCE
                .partitionOf(Key.user(person.userId()))
                .equals(Service.PRESENCE.partitionOf(Key.user(other.userId()))))
        .limit(count)
        .toList();
  }

  private static Person person(String name) {
    return new Person("u-" + UUID.randomUUID(), name);
  }
}
