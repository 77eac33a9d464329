package io.chatterbox.bus;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What a test does to Redis behind the bus's back.
final class RedisCalls implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Redis redis;

  RedisCalls(String url) {
    this.redis = Redis.createClient(vertx, url);
  }

  @Nullable Response call(Command command, Object... arguments) {
    try {
      return redis
          .send(Request.cmd(command, arguments))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Milliseconds of Redis's clock.
  long time() {
    Response time = call(Command.TIME);
    return time == null ? 0 : time.get(0).toLong() * 1_000;
  }

  long number(Command command, Object... arguments) {
    Response answer = call(command, arguments);
    return answer == null ? 0 : answer.toLong();
  }

  @Nullable String text(Command command, Object... arguments) {
    Response answer = call(command, arguments);
    return answer == null ? null : answer.toString();
  }

  @Override
  public void close() {
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
