package io.chatterbox.chat.log;

import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.Key;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The heads that the writer keeps in memory; the least recently used go when the bound is reached.
/// A head in here may be behind the log, never ahead of it. Used by the writer's thread only.
@Singleton
class Heads {
  /// Changes that are no messages leave the log after a day, so a head that nobody looked at for
  /// long could not be told from a current one by its next entry.
  private static final Duration TRUSTED = Duration.ofHours(1);

  private final long bound;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  private record Kept(Head head, Instant confirmed) {
    int weight() {
      return head.state().map(KeyState::weight).orElse(1);
    }
  }

  @Inject
  Heads(ChatConfig config) {
    this(config.cacheWeight());
  }

  /// Heads whose states weigh no more than this together.
  Heads(long bound) {
    this.bound = bound;
  }

  Optional<Head> find(Key key, Instant now) {
    Kept found = kept.get(key);
    if (found == null) {
      return Optional.empty();
    }
    if (found.confirmed().plus(TRUSTED).isBefore(now)) {
      drop(key);
      return Optional.empty();
    }
    return Optional.of(found.head());
  }

  /// Keeps a head instead of the one known before.
  ///
  /// @param now when the store said that this is the head
  void keep(Head head, Instant now) {
    drop(head.key());
    Kept entry = new Kept(head, now);
    kept.put(head.key(), entry);
    weight += entry.weight();
    Iterator<Kept> eldest = kept.values().iterator();
    while (weight > bound && eldest.hasNext()) {
      weight -= eldest.next().weight();
      eldest.remove();
    }
  }

  void drop(Key key) {
    Kept gone = kept.remove(key);
    if (gone != null) {
      weight -= gone.weight();
    }
  }

  void drop(Collection<Key> keys) {
    keys.forEach(this::drop);
  }

  int size() {
    return kept.size();
  }
}
