package io.chatterbox.bus;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/// Publishes states outside a batch: typing, presence, the assistant's tokens.
@Singleton
@SuppressWarnings("DoNotCallSuggester") // the insides follow
public final class Publisher {

  /// Publishes on the service's channel of the key. Does not block; calls from one thread go out in
  /// their order.
  ///
  /// @return failed when Redis did not answer: the hint is lost, which hints may be
  public Future<Void> publish(Service service, Key key, Hint hint) {
    throw new UnsupportedOperationException();
  }
}
