package io.chatterbox.gateway.fanout;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Hints;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The feeds of all keys that somebody here hears: subscribed while that is so. Only on the hub.
@Singleton
final class Feeds implements FeedSource {
  private static final Logger LOG = Logger.getLogger(Feeds.class);

  private final Channels channels;
  private final Hints hints;
  private final HeadCheck headCheck;
  private final FeedTools tools;
  private final Map<Key, Open> open = new HashMap<>();

  private record Open(Feed feed, Handler<Buffer> handler, Future<Void> confirmed) {}

  @Inject
  Feeds(Channels channels, Hints hints, HeadCheck headCheck, FeedTools tools) {
    this.channels = channels;
    this.hints = hints;
    this.headCheck = headCheck;
    this.tools = tools;
  }

  @Override
  public Optional<Feed> find(Key key) {
    return Optional.ofNullable(open.get(key)).map(Open::feed);
  }

  @Override
  public Feed open(Key key) {
    Open known = open.get(key);
    if (known != null) {
      return known.feed();
    }
    Feed feed = new Feed(key, tools, this::close);
    Handler<Buffer> handler = message -> heard(feed, message);
    Future<Void> confirmed = channels.subscribe(channel(key), handler);
    open.put(key, new Open(feed, handler, confirmed));
    headCheck.watch(feed);
    return feed;
  }

  /// Done when Redis has confirmed the subscription of an open feed; failed when it did not, then
  /// the feed hears from when Redis is back.
  @Override
  public Future<Void> confirmed(Feed feed) {
    Open known = open.get(feed.key());
    return known == null ? Future.failedFuture("closed") : known.confirmed();
  }

  @Override
  public void check(Collection<Feed> some, Consumer<Boolean> done) {
    headCheck.check(some, done);
  }

  private void close(Feed feed) {
    Open known = open.remove(feed.key());
    if (known != null) {
      channels.unsubscribe(channel(feed.key()), known.handler());
      headCheck.unwatch(feed);
      feed.close();
    }
  }

  private void heard(Feed feed, Buffer message) {
    List<Hint> heard;
    try {
      heard = hints.read(message);
    } catch (IllegalArgumentException e) {
      LOG.error("event=hint-not-understood", e);
      return;
    }
    tools.hub().execute(() -> feed.heard(heard));
  }

  private static String channel(Key key) {
    return Service.CHAT.partitionOf(key).channel(key);
  }
}
