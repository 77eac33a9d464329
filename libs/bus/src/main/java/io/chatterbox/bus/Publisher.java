package io.chatterbox.bus;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Publishes states outside a batch: typing, presence, the assistant's tokens.
@Singleton
public final class Publisher {
  private final Router redis;
  private final Hints hints;

  @Inject
  Publisher(Links links, Hints hints) {
    this.redis = links.requests();
    this.hints = hints;
  }

  /// Publishes on the service's channel of the key. Does not block; calls from one thread go out in
  /// their order.
  ///
  /// @return failed when Redis did not answer: the hint is lost, which hints may be
  public Future<Void> publish(Service service, Key key, Hint hint) {
    String channel = service.partitionOf(key).channel(key);
    return redis.publish(channel, hints.write(List.of(hint))).mapEmpty();
  }
}
