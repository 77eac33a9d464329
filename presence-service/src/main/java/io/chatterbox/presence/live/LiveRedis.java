package io.chatterbox.presence.live;

import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.Partition;
import io.chatterbox.presence.PresenceConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The scripts' way to Redis and back.
@Singleton
final class LiveRedis {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RedisAPI redis;
  private final PresenceConfig config;

  LiveRedis(RedisAPI redis, PresenceConfig config) {
    this.redis = redis;
    this.config = config;
  }

  Response run(LiveScript script, Partition partition, List<String> arguments) {
    return await(started(script, partition, arguments));
  }

  /// Begins, so that several are on their way at a time.
  Uni<Response> started(LiveScript script, Partition partition, List<String> arguments) {
    return started(script.run(redis, partition, config, arguments));
  }

  @Nullable Response call(Function<RedisAPI, Uni<Response>> command) {
    return await(command.apply(redis));
  }

  Uni<Response> started(Function<RedisAPI, Uni<Response>> command) {
    return started(command.apply(redis));
  }

  /// @throws StoreAwayException when Redis does not answer
  static Response await(Uni<Response> answer) {
    try {
      return answer.await().atMost(PATIENCE);
    } catch (RuntimeException e) {
      // Redis understood and refused: a fault of the script, which waiting does not mend
      throw isOurFault(e.getCause()) ? e : new StoreAwayException(e);
    }
  }

  private static boolean isOurFault(@Nullable Throwable cause) {
    // else it is loading, failing over or full, and will be back
    return cause instanceof ErrorType refusal && (refusal.is("ERR") || refusal.is("WRONGTYPE"));
  }

  private static Uni<Response> started(Uni<Response> answer) {
    return Uni.createFrom().completionStage(answer.subscribeAsCompletionStage());
  }
}
