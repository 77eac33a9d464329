package io.chatterbox.presence;

import io.chatterbox.contract.Presence;
import io.chatterbox.presence.live.LiveState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Answers who is online: what Redis says, else when MongoDB says somebody was last seen.
@Singleton
public class Presences {
  private final LiveState live;
  private final People people;
  private final Accounts accounts;

  Presences(LiveState live, People people, Accounts accounts) {
    this.live = live;
    this.people = people;
    this.accounts = accounts;
  }

  /// In the order asked, doubles and ids that nobody has dropped; somebody never seen is offline.
  public List<Presence> find(List<String> userIds) {
    SequencedSet<String> ids = new LinkedHashSet<>(userIds);
    Map<String, PersonDocument> kept = people.find(ids);
    Map<String, Presence> seen = new LinkedHashMap<>();
    SequencedSet<String> unseen = new LinkedHashSet<>();
    for (String id : ids) {
      LiveState.Live now = live.find(id).orElse(null);
      PersonDocument before = kept.get(id);
      if (now == null && before == null) {
        unseen.add(id);
      }
      seen.put(id, presence(id, now, before));
    }
    unseen.removeAll(accounts.existing(unseen));
    unseen.forEach(seen::remove);
    return List.copyOf(seen.values());
  }

  private static Presence presence(
      String id, LiveState.@Nullable Live now, @Nullable PersonDocument before) {
    Instant lastSeen = now == null ? null : now.lastSeen();
    if (lastSeen == null && before != null) {
      lastSeen = before.lastSeen;
    }
    return new Presence(id, now == null ? "offline" : now.status(), lastSeen);
  }
}
