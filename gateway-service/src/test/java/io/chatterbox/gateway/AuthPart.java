package io.chatterbox.gateway;

import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Revocation;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// What auth-service does in Redis.
@Singleton
public class AuthPart {
  private final RedisDataSource redis;

  AuthPart(RedisDataSource redis) {
    this.redis = redis;
  }

  /// The list is whole.
  public void restore() {
    String info = redis.execute("INFO", "server").toString();
    String process = info.replaceAll("(?s).*run_id:(\\w+).*", "$1");
    redis.value(String.class).set(RedisNames.revocationMarker(), UUID.randomUUID() + "@" + process);
  }

  /// A revocation that everybody hears.
  public void revoke(String subject) {
    Revocation revocation = listed(subject);
    redis.pubsub(String.class).publish(RedisNames.revocationNews(), revocation.text());
  }

  /// A revocation whose message was lost.
  public Revocation listed(String subject) {
    Revocation revocation = new Revocation(subject, Instant.now().plusSeconds(900).toEpochMilli());
    long version = redis.value(Long.class).incr(RedisNames.revocationVersion());
    redis
        .sortedSet(String.class)
        .zadd(RedisNames.revocations(), (double) version, revocation.text());
    return revocation;
  }

  /// Begins a look for what the list lacks.
  ///
  /// @return its number
  public long beginLook() {
    return redis.value(Long.class).incr(RedisNames.revocationLooks());
  }

  /// Ends a look.
  public void endLook(long number) {
    redis.value(Long.class).set(RedisNames.revocationLooked(), number);
  }

  /// Redis has lost everything.
  public void empty() {
    redis.flushall();
  }

  /// Redis answers nobody for so long.
  public void standStill(Duration time) {
    redis.execute("CLIENT", "PAUSE", Long.toString(time.toMillis()), "ALL");
  }
}
