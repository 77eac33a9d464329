package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Those who are on their way into one feed, and the changes that passed while somebody was.
final class Arrivals {
  private final int most;
  private final List<Entrant> entrants = new ArrayList<>();
  private final TreeMap<Long, Hint.Change> backlog = new TreeMap<>();
  private boolean settling;

  /// What is missing before everyone is in.
  sealed interface Need {
    record Nothing() implements Need {}

    /// The changes after this one, which have passed and are not here any more.
    record After(long position) implements Need {}

    /// The changes up to this one, which have not passed yet.
    record UpTo(long position) implements Need {}
  }

  /// Nobody yet.
  ///
  /// @param most changes that are kept
  Arrivals(int most) {
    this.most = most;
  }

  boolean isEmpty() {
    return entrants.isEmpty();
  }

  void add(Entrant entrant) {
    entrants.add(entrant);
  }

  void dismiss(Entrant entrant) {
    if (entrants.remove(entrant)) {
      entrant.end();
      forget();
    }
  }

  /// A socket's earlier joins do not come any more.
  ///
  /// @param kept the one that does
  void dismissOthers(Member member, Optional<Entrant> kept) {
    for (Entrant entrant : List.copyOf(entrants)) {
      if (entrant.isOf(member) && !kept.equals(Optional.of(entrant))) {
        dismiss(entrant);
      }
    }
  }

  /// A change that has passed.
  void remember(Hint.Change change) {
    if (!entrants.isEmpty()) {
      backlog.put(change.rev(), change);
      if (backlog.size() > most) {
        // the oldest are needed first; the newest are fetched when it is their turn
        backlog.pollLastEntry();
      }
    }
  }

  boolean isAnyoneAwayFrom(long rev) {
    return entrants.stream().anyMatch(e -> !e.isOpen() && e.position() != rev);
  }

  /// Lets those hear what they missed, and those in who have heard all.
  ///
  /// @param rev what everybody else has heard
  Need settle(long rev, Outlet outlet) {
    Need need = new Need.Nothing();
    if (settling) {
      return need;
    }
    settling = true;
    try {
      for (Entrant entrant : List.copyOf(entrants)) {
        if (entrant.isOpen()) {
          continue;
        }
        if (isSettled(entrant, rev, outlet)) {
          entrants.remove(entrant);
        } else if (entrant.position() > rev) {
          need = need instanceof Need.Nothing ? new Need.UpTo(entrant.position()) : need;
        } else if (entrant.position() < rev) {
          need = new Need.After(entrant.position());
        }
      }
    } finally {
      settling = false;
    }
    forget();
    return need;
  }

  /// How far somebody is who is not in yet; empty when nobody like that is here.
  ///
  /// @return negative while it is not known where he begins
  OptionalLong position(Predicate<Entrant> claim) {
    return entrants.stream().filter(claim).mapToLong(Entrant::position).min();
  }

  /// Whether he is in, or out for good.
  private boolean isSettled(Entrant entrant, long rev, Outlet outlet) {
    if (entrant.isIn()) {
      return true;
    }
    while (entrant.position() < rev) {
      Hint.Change next = backlog.get(entrant.position() + 1);
      if (next == null) {
        return false;
      }
      if (!entrant.next(next, outlet)) {
        entrant.end();
        return true;
      }
    }
    if (entrant.position() > rev || entrant.isHeld()) {
      return false;
    }
    entrant.admit();
    return true;
  }

  private void forget() {
    if (entrants.isEmpty()) {
      backlog.clear();
    } else if (backlog.size() > most / 2) {
      // where many come in, one is always on his way: what all have heard gives room to the newer
      backlog.headMap(entrants.stream().mapToLong(Entrant::position).min().orElse(0), true).clear();
    }
  }
}
