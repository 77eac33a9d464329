package io.chatterbox.gateway.presence;

import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.PresenceCommand.Change;
import io.chatterbox.contract.PresenceCommand.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is true here of one partition's users and rooms, and what of it is still to be reported, in
/// the order in which it happened.
final class Ledger {
  /// Above it everything is reported anew, which is no more than what is true.
  private static final int MOST_WAITING = 10_000;

  private final Map<Subject, Change> held = new LinkedHashMap<>();
  private final ArrayDeque<Change> waiting = new ArrayDeque<>();
  private final Map<String, Active> woken = new LinkedHashMap<>();
  private boolean reporting;

  private record Subject(String room, String userId) {}

  /// Something changed.
  ///
  /// @return false when too much waits
  boolean add(Change change) {
    Subject subject = new Subject(change.room(), change.person().userId());
    switch (change.what()) {
      case online, entered -> held.put(subject, change);
      case gone, cut, left -> held.remove(subject);
    }
    if (waiting.size() >= MOST_WAITING) {
      return false;
    }
    waiting.add(change);
    return true;
  }

  /// Somebody who was away gave a sign.
  void woke(Active sign) {
    woken.put(sign.userId(), sign);
  }

  /// Everything that is true is to be reported.
  void beginAnew() {
    reporting = false;
    waiting.clear();
    waiting.addAll(held.values());
  }

  /// Whether nothing is to be reported and nothing is on its way.
  boolean isSettled() {
    return waiting.isEmpty() && !reporting;
  }

  /// Whether a report may be sent: one at a time, so that they keep their order.
  boolean isDue() {
    return !reporting && (!waiting.isEmpty() || !woken.isEmpty());
  }

  /// The next report.
  Report next(String incarnation) {
    reporting = true;
    List<Change> changes = new ArrayList<>();
    while (!waiting.isEmpty() && changes.size() < Report.MOST_CHANGES) {
      changes.add(waiting.remove());
    }
    List<Active> active = new ArrayList<>();
    Iterator<Active> each = woken.values().iterator();
    while (each.hasNext() && active.size() < Report.MOST_CHANGES) {
      active.add(each.next());
      each.remove();
    }
    return new Report(incarnation, changes, active);
  }

  /// The report has arrived.
  void reported() {
    reporting = false;
  }
}
