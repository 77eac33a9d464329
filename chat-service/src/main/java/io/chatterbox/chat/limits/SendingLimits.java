package io.chatterbox.chat.limits;

import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.RedisNames;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The bucket of each user: so many messages at once, and so many a second after that. Redis may
/// lose a bucket; then the user has a full one.
@Singleton
public class SendingLimits {
  /// KEYS[1] the user's bucket, which holds the time in milliseconds when it will be full again.
  /// ARGV[1] milliseconds per message, ARGV[2] the burst, ARGV[3] how many are wanted (negative:
  /// given back). Result: {how many are allowed, milliseconds until one more is}.
  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local each = tonumber(ARGV[1])
      local room = tonumber(ARGV[2]) * each
      local wanted = tonumber(ARGV[3])
      local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
      local allowed = wanted
      if wanted > 0 then
        allowed = math.max(0, math.min(wanted, math.floor((now + room - full) / each)))
      end
      full = full + allowed * each
      if full > now then
        redis.call('SET', KEYS[1], full, 'PX', math.ceil(full - now))
      else
        redis.call('DEL', KEYS[1])
      end
      local wait = 0
      if allowed < wanted then
        wait = math.ceil(full + each - now - room)
      end
      return {allowed, wait}
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RedisAPI redis;
  private final ChatConfig.Limits limits;
  private final boolean enabled;

  public SendingLimits(RedisAPI redis, ChatConfig config, LimitsConfig switches) {
    this.redis = redis;
    this.limits = config.limits();
    this.enabled = switches.enabled();
  }

  /// Takes from each user's bucket as much of what he wants as is in it.
  ///
  /// @param wanted how many, by user id
  /// @throws StoreAwayException when Redis does not answer
  public Map<String, Grant> take(Map<String, Integer> wanted) {
    Map<String, Grant> grants = new HashMap<>();
    if (!enabled) {
      wanted.forEach((user, count) -> grants.put(user, new Grant(count, 0)));
      return grants;
    }
    Map<String, Future<Response>> asked = new LinkedHashMap<>();
    wanted.forEach((user, count) -> asked.put(user, run(user, count)));
    try {
      Future.all(List.copyOf(asked.values()))
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreAwayException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreAwayException(e);
    }
    asked.forEach((user, answer) ->
        grants.put(
            user,
            new Grant(
                answer.result().get(0).toInteger(), Math.max(0, answer.result().get(1).toLong()))));
    return grants;
  }

  /// Gives back what turned out not to be sent. Nothing waits for it, and losing it does no harm.
  public void giveBack(Map<String, Integer> unused) {
    if (enabled) {
      unused.forEach((user, count) -> run(user, -count));
    }
  }

  private Future<Response> run(String user, int count) {
    return redis.eval(
        List.of(
            TAKE,
            "1",
            RedisNames.sendingBucket(user),
            Double.toString(1000.0 / limits.messagesPerSecond()),
            Integer.toString(limits.burst()),
            Integer.toString(count)));
  }
}
