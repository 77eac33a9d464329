package io.chatterbox.gateway.fanout;

import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Users here who sent something of late. From any thread.
@Singleton
public final class Activity {
  private final Set<String> active = ConcurrentHashMap.newKeySet();

  Activity() {}

  /// A socket of this user sent an event.
  public void of(String userId) {
    active.add(userId);
  }

  /// The users who sent something since the last call. Bounded by the users that are here.
  public Set<String> take() {
    Set<String> taken = new HashSet<>();
    for (Iterator<String> each = active.iterator(); each.hasNext(); ) {
      taken.add(each.next());
      each.remove();
    }
    return taken;
  }
}
