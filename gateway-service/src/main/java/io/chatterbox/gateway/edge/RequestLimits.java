package io.chatterbox.gateway.edge;

import io.chatterbox.contract.RedisNames;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.LimitsConfig;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisAPI;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// How many requests an address may make: counted here first, so that a flood asks nobody, then
/// over all gateways in Redis. While that is away, what is counted here has to do.
@Singleton
final class RequestLimits {
  private static final Logger LOG = Logger.getLogger(RequestLimits.class);
  private static final String TAKE =
      """
      -- Takes one request from a bucket.
      -- KEYS[1] the bucket, which holds the time in milliseconds when it will be full again
      -- ARGV[1] milliseconds per request, ARGV[2] how many are in a full bucket
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
      """;

  private static final long PATIENCE_MILLIS = 250;

  private final RedisAPI redis;
  private final Buckets here;
  private final int perMinute;
  private final boolean enabled;

  @Inject
  RequestLimits(RedisAPI redis, GatewayConfig config, LimitsConfig limits) {
    this.redis = redis;
    this.perMinute = config.edge().requestsPerMinute();
    this.here =
        new Buckets(Duration.ofMinutes(1).toNanos() / perMinute, perMinute, System::nanoTime);
    this.enabled = limits.enabled();
  }

  /// Takes one request of this address.
  ///
  /// @return milliseconds until there is one; 0 when it was taken
  Future<Long> take(String address) {
    if (!enabled) {
      return Future.succeededFuture(0L);
    }
    String counted = ClientAddresses.counted(address);
    long nanos = here.take(counted);
    if (nanos > 0) {
      return Future.succeededFuture(Math.ceilDiv(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }
    return redis
        .eval(
            List.of(
                TAKE,
                "1",
                RedisNames.attempts("requests", counted),
                Double.toString((double) Duration.ofMinutes(1).toMillis() / perMinute),
                Integer.toString(perMinute)))
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .map(answer -> answer.toLong())
        .otherwise(e -> {
          LOG.debugf("event=requests-not-counted reason=%s", e.getMessage());
          return 0L;
        });
  }
}
