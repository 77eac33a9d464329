package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.LimitsConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How many sockets an address may open, at a time and a second, at this gateway. Who may not is
/// told before a session is made, so that clients come again later by themselves.
@Singleton
public final class ConnectionLimits {
  private static final long FULL_RETRY_MILLIS = 10_000;

  private final ClientAddresses addresses;
  private final Buckets opens;
  private final int most;
  private final boolean enabled;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  @Inject
  ConnectionLimits(ClientAddresses addresses, GatewayConfig config, LimitsConfig limits) {
    this.addresses = addresses;
    int perSecond = config.sockets().opensPerSecond();
    this.opens =
        new Buckets(Duration.ofSeconds(1).toNanos() / perSecond, 2 * perSecond, System::nanoTime);
    this.most = config.sockets().perAddress();
    this.enabled = limits.enabled();
  }

  /// Whether a request that opens a session may do so; answers it if not.
  public boolean admit(HttpServerRequest request) {
    if (!enabled) {
      return true;
    }
    String counted = ClientAddresses.counted(addresses.of(request));
    long wait = TimeUnit.NANOSECONDS.toMillis(opens.take(counted));
    if (wait == 0 && open.getOrDefault(counted, 0) >= most) {
      wait = FULL_RETRY_MILLIS;
    }
    if (wait == 0) {
      return true;
    }
    Envelope.write(
        request.response(),
        new Refusal(
            ErrorCode.RATE_LIMITED, "Too many connections from this address.", Math.max(1, wait)));
    return false;
  }

  /// A socket is open.
  ///
  /// @param peer who has sent the request that opened its session
  /// @param forwardedFor what that request said
  /// @return to be run when it ends
  public Runnable opened(String peer, List<String> forwardedFor) {
    String counted = ClientAddresses.counted(addresses.of(peer, forwardedFor));
    open.merge(counted, 1, Integer::sum);
    return () -> open.computeIfPresent(counted, (_, count) -> count == 1 ? null : count - 1);
  }
}
