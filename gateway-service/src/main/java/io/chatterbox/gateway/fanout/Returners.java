package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Key;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// All keys of one session that comes back.
final class Returners {
  private final Map<Key, Returner> byKey = new HashMap<>();
  private final List<Future<Void>> confirmations = new ArrayList<>();

  boolean has(Key key) {
    return byKey.containsKey(key);
  }

  int size() {
    return byKey.size();
  }

  Collection<Returner> all() {
    return List.copyOf(byKey.values());
  }

  /// Begins to hear a key.
  ///
  /// @param subscribed done when its feed is subscribed
  void add(Returner returner, Session.Place from, Future<Void> subscribed) {
    Feed feed = returner.feed();
    byKey.put(feed.key(), returner);
    confirmations.add(subscribed);
    feed.expect(returner);
    feed.start(from.rev());
    feed.enter(returner, from.rev());
  }

  /// Done when all feeds are subscribed.
  Future<?> subscribed() {
    return Future.all(List.copyOf(confirmations));
  }

  /// Feeds whose last change was not asked for yet.
  List<Feed> unsure() {
    return byKey.values().stream().map(Returner::feed).filter(feed -> !feed.isSure()).toList();
  }

  /// What is known of now has to be heard.
  void aim() {
    byKey.values().forEach(Returner::aim);
  }

  boolean areThere() {
    return byKey.values().stream().allMatch(Returner::isThere);
  }

  boolean areLevel() {
    return byKey.values().stream().allMatch(Returner::isLevel);
  }

  /// The keys that are joined.
  Set<Key> joined() {
    return byKey.values().stream()
        .filter(returner -> returner.hears() == Span.Hears.JOINED)
        .map(returner -> returner.feed().key())
        .collect(Collectors.toSet());
  }

  /// What was heard of each key.
  List<Stay.Kept> kept(Hearing hearing) {
    return byKey.values().stream().map(returner -> returner.kept(hearing)).toList();
  }

  void dismiss() {
    byKey.values().forEach(returner -> returner.feed().dismiss(returner));
    byKey.clear();
  }
}
