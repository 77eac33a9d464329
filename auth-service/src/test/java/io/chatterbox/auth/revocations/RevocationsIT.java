package io.chatterbox.auth.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.auth.Calls;
import io.chatterbox.auth.MovableClock;
import io.chatterbox.auth.OtherServices;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.testkit.Stores;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(OtherServices.class)
class RevocationsIT extends Calls {
  @Inject Revocations revocations;
  @Inject RevocationList list;
  @Inject RedisDataSource redis;

  @AfterEach
  void now() {
    MovableClock.ahead(Duration.ZERO);
  }

  @Test
  void restoresTheListAfterRedisWasEmptied() {
    String subject = subject();
    revocations.revoke(List.of(subject));
    assertThat(isTold(subject)).isTrue();
    redis.flushall();
    await(this::isWhole);
    assertThat(isTold(subject)).isTrue();
  }

  @Test
  void aListOfAnotherRedisProcessIsNotTakenForWhole() {
    await(this::isWhole);
    String subject = subject();
    revocations.revoke(List.of(subject));
    // as if Redis had come back from an old file, marker and all
    redis.key().del(RedisNames.revocations(), RedisNames.revocationEnds());
    redis.value(String.class).set(RedisNames.revocationMarker(), "before@anotherprocess");
    await(() -> isTold(subject));
    await(this::isWhole);
  }

  @Test
  void aListThatIsLostAgainWhileItIsRestoredIsNotTakenForWhole() {
    String restorer = UUID.randomUUID().toString();
    await(() -> {
      redis.key().del(RedisNames.revocationRestorer());
      return list.begin(restorer);
    });
    redis.flushall();
    assertThat(list.restore(List.of(), restorer, true)).isFalse();
  }

  @Test
  void whatRedisMissedIsToldLater() {
    await(this::isWhole);
    RevocationDocument missed = new RevocationDocument();
    missed.id = subject();
    missed.until = java.time.Instant.now().plusSeconds(900);
    revocations.persist(missed);
    await(() -> isTold(missed.id));
    await(() -> revocations.findById(missed.id).told);
  }

  @Test
  void forgetsWhatMattersNoLonger() {
    String subject = subject();
    revocations.revoke(List.of(subject));
    MovableClock.ahead(Duration.ofMinutes(17));
    revocations.clean();
    assertThat(revocations.findByIdOptional(subject)).isEmpty();
  }

  @Test
  void aLookThatBeganBeforeARevocationDoesNotCountForIt() {
    RevocationList.Look before = list.look();
    RevocationDocument missed = new RevocationDocument();
    missed.id = subject();
    missed.until = java.time.Instant.now().plusSeconds(900);
    revocations.persist(missed);
    // what a gateway asks for that hears of Redis again now
    RevocationList.Look heard = list.look();
    list.looked(before);
    await(() -> {
      boolean isLooked = looked() > heard.number();
      // in this order: once it is looked for, it is there
      assertThat(!isLooked || isTold(missed.id)).isTrue();
      return isLooked;
    });
  }

  @Test
  void aLookWhoseBeginningIsForgottenDoesNotCount() {
    RevocationList.Look forgotten = new RevocationList.Look(true, list.look().number() + 1_000);
    list.looked(forgotten);
    assertThat(looked()).isLessThan(forgotten.number());
  }

  private boolean isWhole() {
    return list.look().isWhole();
  }

  private long looked() {
    Long looked = redis.value(Long.class).get(RedisNames.revocationLooked());
    return looked == null ? 0 : looked;
  }

  private boolean isTold(String subject) {
    return redis.sortedSet(String.class).zrange(RedisNames.revocations(), 0, -1).stream()
        .anyMatch(text -> text.endsWith(":" + subject));
  }

  private static String subject() {
    return "session:" + UUID.randomUUID();
  }
}
