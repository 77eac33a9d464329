package io.chatterbox.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;

/// Listens to pub/sub channels over one plain connection, which comes back after a loss with
/// everything that was subscribed.
///
/// Messages are handed over on one event loop context, for each channel in the order published.
/// What is published while the link is down is lost: see [#onRestored].
@Singleton
@SuppressWarnings("DoNotCallSuggester") // the insides follow
public final class Channels {

  /// Adds a handler to a channel.
  ///
  /// @return done when Redis has confirmed the subscription, so that whatever is published from
  ///   then on is heard. Fails when that takes too long; the handler stays, and hears from when
  ///   Redis is back. Who does not want to wait for that takes it away again.
  public Future<Void> subscribe(String channel, Handler<Buffer> handler) {
    throw new UnsupportedOperationException();
  }

  /// Takes a handler away; it may still hear a message that is on its way.
  public void unsubscribe(String channel, Handler<Buffer> handler) {
    throw new UnsupportedOperationException();
  }

  /// Calls back whenever the link was lost and everything is subscribed again: what was published
  /// in between was not heard.
  public void onRestored(Runnable listener) {
    throw new UnsupportedOperationException();
  }
}
