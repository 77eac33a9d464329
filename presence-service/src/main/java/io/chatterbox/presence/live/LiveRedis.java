package io.chatterbox.presence.live;

import io.chatterbox.bus.Requests;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.Partition;
import io.chatterbox.presence.PresenceConfig;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The scripts' way to Redis and back.
@Singleton
final class LiveRedis {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Requests requests;
  private final RedisAPI redis;
  private final PresenceConfig config;

  LiveRedis(Requests requests, PresenceConfig config) {
    this.requests = requests;
    this.redis = requests.api();
    this.config = config;
  }

  Response run(LiveScript script, Partition partition, List<String> arguments) {
    return await(started(script, partition, arguments));
  }

  /// Begins, so that several are on their way at a time.
  Future<Response> started(LiveScript script, Partition partition, List<String> arguments) {
    return script.run(requests, partition, config, arguments);
  }

  @Nullable Response call(Function<RedisAPI, Future<Response>> command) {
    return await(started(command));
  }

  Future<Response> started(Function<RedisAPI, Future<Response>> command) {
    return command.apply(redis);
  }

  /// Publishes on a channel.
  ///
  /// @return how many have heard it
  long publish(String channel, String message) {
    return await(requests.publish(channel, message)).toLong();
  }

  /// @throws StoreAwayException when Redis does not answer
  static Response await(Future<Response> answer) {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // Redis understood and refused: a fault of the script, which waiting does not mend
      throw isOurFault(e.getCause())
          ? new IllegalStateException(e.getCause())
          : new StoreAwayException(e);
    } catch (TimeoutException e) {
      throw new StoreAwayException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreAwayException(e);
    }
  }

  private static boolean isOurFault(@Nullable Throwable cause) {
    // else it is loading, failing over or full, and will be back
    return cause instanceof ErrorType refusal && (refusal.is("ERR") || refusal.is("WRONGTYPE"));
  }
}
