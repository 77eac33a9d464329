package io.chatterbox.auth.limits;

import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Hashes;
import io.chatterbox.auth.Lua;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Buckets of attempts at guessing, for each account and for each address of the network, shared by
/// all replicas. While Redis is away nothing can be tried: else taking it away would lift them.
@Singleton
public class Attempts {
  private static final Lua TAKE =
      new Lua(
          """
          -- Takes one attempt from a bucket.
          -- KEYS[1] a bucket, which holds the time in milliseconds when it will be full again
          -- ARGV[1] milliseconds per attempt, ARGV[2] how many are in a full bucket
          -- Result: milliseconds until there is one; 0 when it was taken
          local time = redis.call('TIME')
          local now = time[1] * 1000 + math.floor(time[2] / 1000)
          local each = tonumber(ARGV[1])
          local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + each
          local over = full - now - each * tonumber(ARGV[2])
          if over > 0 then
            return math.ceil(over)
          end
          redis.call('SET', KEYS[1], full, 'PX', math.ceil(full - now))
          return 0
          """);

  private final RedisAPI redis;
  private final int perMinute;
  private final boolean enabled;

  Attempts(RedisAPI redis, AuthConfig config, LimitsConfig limits) {
    this.redis = redis;
    this.perMinute = config.attemptsPerMinute();
    this.enabled = limits.enabled();
  }

  /// Takes one attempt at an account from an address.
  ///
  /// @param what is tried
  /// @param account what names the account, known or not
  /// @param ip where from
  /// @throws Refusal `RATE_LIMITED` when there were too many, of either
  public void take(String what, String account, String ip) {
    // first the address, so that one that may try no more uses up nobody's attempts
    take(what + "-from", ip);
    take(what, Hashes.sha256(account.toLowerCase(Locale.ROOT)));
  }

  private void take(String what, String whose) {
    if (!enabled) {
      return;
    }
    long wait = wait(what, whose);
    if (wait > 0) {
      throw new Refusal(ErrorCode.RATE_LIMITED, "Too many attempts; try again later.", wait);
    }
  }

  private long wait(String what, String whose) {
    try {
      Response answer =
          TAKE.run(
              redis,
              List.of(RedisNames.attempts(what, whose)),
              List.of(
                  Long.toString(Duration.ofMinutes(1).toMillis() / perMinute),
                  Integer.toString(perMinute)));
      return answer.toLong();
    } catch (Lua.RedisAwayException e) {
      throw Refusal.unavailable();
    }
  }
}
