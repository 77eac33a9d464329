package io.chatterbox.gateway.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.RedisNames;
import io.chatterbox.gateway.Wire;
import io.chatterbox.stack.stores.Ports;
import io.chatterbox.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserSocketsIT {
  private static final int MOST = 3;

  private final Vertx vertx = Vertx.vertx();
  private final RedisAPI redis = RedisAPI.api(Redis.createClient(vertx, TestRedis.sharedUrl()));
  private final String user = "u-" + UUID.randomUUID();
  private final String firstName = "gateway-1-" + UUID.randomUUID();
  private final UserSockets first = new UserSockets(redis, vertx, firstName, MOST);
  private final UserSockets second =
      new UserSockets(redis, vertx, "gateway-2-" + UUID.randomUUID(), MOST);

  @BeforeEach
  void bothLive() {
    done(first.live());
    done(second.live());
  }

  @AfterEach
  void close() {
    redis.close();
    done(vertx.close());
  }

  @Test
  void aUserHasSoManyOverAllGateways() {
    assertThat(done(first.enter(user))).isTrue();
    assertThat(done(first.enter(user))).isTrue();
    assertThat(done(second.enter(user))).isTrue();
    assertThat(done(second.enter(user))).isFalse();
    assertThat(done(first.enter(user))).isFalse();
    // whoever was refused is not counted
    first.leave(user);
    awaitCount(1);
    assertThat(done(second.enter(user))).isTrue();
    assertThat(done(second.enter(user))).isFalse();
    assertThat(done(second.enter("another " + user))).isTrue();
  }

  @Test
  void whatADeadGatewayLeftBehindDoesNotCount() {
    for (int i = 0; i < MOST; i++) {
      assertThat(done(first.enter(user))).isTrue();
    }
    assertThat(done(second.enter(user))).isFalse();
    done(redis.del(List.of(RedisNames.gatewayProcess(firstName))));
    for (int i = 0; i < MOST; i++) {
      assertThat(done(second.enter(user))).isTrue();
    }
    assertThat(done(second.enter(user))).isFalse();
    assertThat(gateways()).hasSize(1).doesNotContain(firstName);
  }

  @Test
  void theLastToLeaveLeavesNothing() {
    done(first.enter(user));
    done(second.enter(user));
    first.leave(user);
    second.leave(user);
    Wire.await(() -> gateways().isEmpty());
  }

  @Test
  void eachGatewayCountsByItselfWhenRedisHasForgotten() {
    for (int i = 0; i < MOST; i++) {
      assertThat(done(first.enter(user))).isTrue();
    }
    done(redis.del(List.of(RedisNames.socketCounts(user))));
    assertThat(done(first.enter(user))).isFalse();
    assertThat(done(second.enter(user))).isTrue();
    // until it is told again
    first.leave(user);
    awaitCount(MOST - 1);
    assertThat(done(second.enter(user))).isFalse();
  }

  @Test
  void letsPeopleInWhileRedisIsAway() {
    RedisAPI away = RedisAPI.api(Redis.createClient(vertx, "redis://127.0.0.1:" + Ports.free()));
    UserSockets alone = new UserSockets(away, vertx, "gateway-3-" + UUID.randomUUID(), MOST);
    for (int i = 0; i < MOST; i++) {
      assertThat(done(alone.enter(user))).isTrue();
    }
    assertThat(done(alone.enter(user))).isFalse();
    alone.leave(user);
    assertThat(done(alone.enter(user))).isTrue();
    away.close();
  }

  @Test
  void whatIsToldLastIsWhatIsSo() {
    List<Future<Boolean>> entering = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      entering.add(first.enter(user));
      first.leave(user);
    }
    done(Future.join(entering));
    assertThat(done(first.enter(user))).isTrue();
    awaitCount(1);
    first.leave(user);
    Wire.await(() -> gateways().isEmpty());
  }

  private void awaitCount(int count) {
    Wire.await(() -> {
      Response told = done(redis.hget(RedisNames.socketCounts(user), firstName));
      return told != null && told.toInteger() == count;
    });
  }

  private List<String> gateways() {
    return done(redis.hkeys(RedisNames.socketCounts(user))).stream().map(Object::toString).toList();
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
