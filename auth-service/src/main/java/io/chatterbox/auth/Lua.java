package io.chatterbox.auth;

import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A script for Redis.
///
/// @param source begins with what its `KEYS`, `ARGV` and result are
public record Lua(String source) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Runs it, and waits for the result.
  ///
  /// @throws RedisAwayException when Redis does not answer
  public Response run(RedisAPI redis, List<String> keys, List<String> arguments) {
    List<String> all = new ArrayList<>(2 + keys.size() + arguments.size());
    all.add(source);
    all.add(Integer.toString(keys.size()));
    all.addAll(keys);
    all.addAll(arguments);
    try {
      return redis
          .eval(all)
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new RedisAwayException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisAwayException(e);
    }
  }

  /// Redis does not answer.
  public static final class RedisAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RedisAwayException(Throwable cause) {
      super(cause);
    }
  }
}
