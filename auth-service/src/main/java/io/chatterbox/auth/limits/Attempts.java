package io.chatterbox.auth.limits;

import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Hashes;
import io.chatterbox.bus.SharedBuckets;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Buckets of attempts at guessing, for each account and for each address of the network, shared by
/// all replicas. While Redis is away nothing can be tried: else taking it away would lift them.
@Singleton
public class Attempts {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SharedBuckets buckets;
  private final SharedBuckets.Rate rate;
  private final boolean enabled;

  Attempts(SharedBuckets buckets, AuthConfig config, LimitsConfig limits) {
    this.buckets = buckets;
    this.rate = SharedBuckets.Rate.of(config.attemptsPerMinute(), Duration.ofMinutes(1));
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
      return buckets
          .take(RedisNames.attempts(what, whose), rate, 1)
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .waitMillis();
    } catch (ExecutionException | TimeoutException e) {
      throw Refusal.unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable();
    }
  }
}
