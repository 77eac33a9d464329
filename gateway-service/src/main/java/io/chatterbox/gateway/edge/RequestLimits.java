package io.chatterbox.gateway.edge;

import io.chatterbox.bus.SharedBuckets;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.LimitsConfig;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// How many requests an address may make: counted here first, so that a flood asks nobody, then
/// over all gateways in Redis. While that is away, what is counted here has to do.
@Singleton
final class RequestLimits {
  private static final Logger LOG = Logger.getLogger(RequestLimits.class);
  private static final long PATIENCE_MILLIS = 250;

  private final SharedBuckets shared;
  private final Buckets here;
  private final SharedBuckets.Rate rate;
  private final boolean enabled;

  @Inject
  RequestLimits(SharedBuckets shared, GatewayConfig config, LimitsConfig limits) {
    int perMinute = config.edge().requestsPerMinute();
    Duration minute = Duration.ofMinutes(1);
    this.shared = shared;
    this.rate = SharedBuckets.Rate.of(perMinute, minute);
    this.here = new Buckets(minute.toNanos() / perMinute, perMinute, System::nanoTime);
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
    return shared
        .take(RedisNames.attempts("requests", counted), rate, 1)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .map(SharedBuckets.Taken::waitMillis)
        .otherwise(e -> {
          LOG.debugf("event=requests-not-counted reason=%s", e.getMessage());
          return 0L;
        });
  }
}
