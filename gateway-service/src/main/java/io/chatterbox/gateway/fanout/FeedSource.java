package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Key;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/// Where feeds come from. Only on the hub.
interface FeedSource {
  Optional<Feed> find(Key key);

  /// The key's feed, opened if it was not. Whoever asks enters it within the same task, else it
  /// stays for nobody.
  Feed open(Key key);

  /// Done when an open feed is subscribed; failed when it could not be in time.
  Future<Void> confirmed(Feed feed);

  /// Asks for the last change of these feeds.
  ///
  /// @param done called once, on the hub, with whether that is known of all
  void check(Collection<Feed> feeds, Consumer<Boolean> done);
}
