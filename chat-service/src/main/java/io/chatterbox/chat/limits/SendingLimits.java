package io.chatterbox.chat.limits;

import io.chatterbox.bus.SharedBuckets;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.RedisNames;
import io.vertx.core.Future;
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
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SharedBuckets buckets;
  private final SharedBuckets.Rate rate;
  private final boolean enabled;

  public SendingLimits(SharedBuckets buckets, ChatConfig config, LimitsConfig switches) {
    this.buckets = buckets;
    this.rate =
        new SharedBuckets.Rate(
            1000.0 / config.limits().messagesPerSecond(), config.limits().burst());
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
    Map<String, Future<SharedBuckets.Taken>> asked = new LinkedHashMap<>();
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
        grants.put(user, new Grant(answer.result().count(), answer.result().waitMillis())));
    return grants;
  }

  /// Gives back what turned out not to be sent. Nothing waits for it, and losing it does no harm.
  public void giveBack(Map<String, Integer> unused) {
    if (enabled) {
      unused.forEach((user, count) -> run(user, -count));
    }
  }

  private Future<SharedBuckets.Taken> run(String user, int count) {
    return buckets.take(RedisNames.sendingBucket(user), rate, count);
  }
}
