package io.chatterbox.presence;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Presence;
import io.chatterbox.contract.PresenceCommand.PersonState;
import io.chatterbox.contract.Refusal;
import io.chatterbox.presence.live.LiveReads;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Answers who is online: what Redis says, and for those who went offline long ago what MongoDB
/// says.
@Singleton
public class Presences {
  private static final String OFFLINE = "offline";
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int MOST_WAITING = 16;

  private final LiveReads live;
  private final People people;
  private final Accounts accounts;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  Presences(LiveReads live, People people, Accounts accounts) {
    this.live = live;
    this.people = people;
    this.accounts = accounts;
  }

  /// In the order asked, doubles and ids that nobody has dropped; somebody never seen is offline.
  ///
  /// After Redis has lost everything it is waited a little for those whom gateways have not
  /// reported again. So many wait at a time; who is one too many is refused at once, so that what
  /// gateways ask is not held up.
  ///
  /// @throws Refusal `UNAVAILABLE` when it is not known then
  public List<Presence> find(List<String> userIds) {
    Optional<List<Presence>> found = known(userIds);
    if (found.isEmpty() && waiting.tryAcquire()) {
      try {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (found.isEmpty() && System.nanoTime() < end) {
          LockSupport.parkNanos(PAUSE.toNanos());
          found = known(userIds);
        }
      } finally {
        waiting.release();
      }
    }
    return found.orElseThrow(() ->
        new Refusal(
            ErrorCode.UNAVAILABLE,
            "It is not known just now who is online. Try again.",
            PATIENCE.toMillis()));
  }

  private Optional<List<Presence>> known(List<String> userIds) {
    Set<String> ids = new LinkedHashSet<>(userIds);
    Map<String, PersonState> now = live.people(ids);
    if (!now.keySet().containsAll(ids)) {
      return Optional.empty();
    }
    Set<String> unknown = new HashSet<>(ids);
    unknown.removeIf(id -> isKnown(now.get(id)));
    Map<String, PersonDocument> kept = people.find(ids);
    Set<String> unseen = new HashSet<>(unknown);
    unseen.removeAll(kept.keySet());
    Set<String> nobodys = new HashSet<>(unseen);
    nobodys.removeAll(accounts.existing(unseen));
    List<Presence> found = new ArrayList<>();
    for (String id : ids) {
      if (!nobodys.contains(id)) {
        PersonState state = now.get(id);
        found.add(
            new Presence(
                id, state == null ? OFFLINE : state.status(), lastSeen(state, kept.get(id))));
      }
    }
    return Optional.of(found);
  }

  /// The states of users as gateways read them.
  List<PersonState> states(Collection<String> userIds) {
    Map<String, PersonState> now = live.people(userIds);
    List<String> unknown =
        now.values().stream().filter(state -> !isKnown(state)).map(PersonState::userId).toList();
    Map<String, PersonDocument> kept = people.find(unknown);
    return now.values().stream()
        .map(state ->
            new PersonState(
                state.userId(),
                state.version(),
                state.status(),
                lastSeen(state, kept.get(state.userId()))))
        .toList();
  }

  private static boolean isKnown(@Nullable PersonState state) {
    return state != null && state.version() > 0;
  }

  private static @Nullable Instant lastSeen(
      @Nullable PersonState state, @Nullable PersonDocument kept) {
    Instant seen = state == null ? null : state.lastSeen();
    return seen == null && kept != null ? kept.lastSeen : seen;
  }
}
