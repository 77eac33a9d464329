package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a socket, or a user, heard of which keys: remembered for a while after it has ended, since
/// the last of it may not have reached the client. Only on the hub.
final class Hearing {
  private static final int MOST_ENDED = 256;
  private static final int MOST_OF_A_KEY = 8;
  private static final int MOST_TOLD = 16_384;

  private final Map<Key, List<Span>> spans = new HashMap<>();
  private final Map<Key, Told> told = new HashMap<>();

  /// Keys that are not heard any more, the oldest first.
  private final LinkedHashMap<Key, Long> ended = new LinkedHashMap<>();

  /// How far somebody who comes back had come, where that is amid a change.
  private final Map<Key, Position> begun = new HashMap<>();

  private int toldSize;

  /// What this holds is complete for those who heard this number and more.
  private long since;

  /// It is heard from here on, unless it is already.
  void open(Key key, Span span) {
    List<Span> all = spans.computeIfAbsent(key, _ -> new ArrayList<>(1));
    if (all.stream().noneMatch(one -> one.isOpen() && one.joined() == span.joined())) {
      all.add(span);
      ended.remove(key);
    }
  }

  /// What was heard of it before.
  void know(Key key, List<Span> known) {
    spans.put(key, new ArrayList<>(known));
    if (known.stream().noneMatch(Span::isOpen)) {
      ended.put(key, since);
    }
  }

  /// It is heard no longer.
  ///
  /// @param rev the last change that was heard
  /// @param number what was told last
  void close(Key key, long rev, long number) {
    List<Span> all = spans.get(key);
    if (all == null || all.stream().noneMatch(Span::isOpen)) {
      return;
    }
    all.replaceAll(span -> span.isOpen() ? span.endingAt(Math.max(rev, span.from())) : span);
    if (all.size() > MOST_OF_A_KEY) {
      all.removeFirst();
      since = number;
    }
    ended.put(key, number);
    if (ended.size() > MOST_ENDED) {
      Map.Entry<Key, Long> oldest = ended.pollFirstEntry();
      since = Math.max(since, oldest.getValue());
      spans.remove(oldest.getKey());
    }
  }

  /// A change was told to this one alone.
  void told(Key key, long first, long rev, int events) {
    if (events == 0) {
      return;
    }
    if (toldSize >= MOST_TOLD) {
      told.clear();
      toldSize = 0;
      since = Math.max(since, first - 1);
    }
    told.computeIfAbsent(key, _ -> new Told()).add(first, rev, events);
    toldSize++;
  }

  /// Nothing that was told up to this number matters any more, and nothing below is known.
  void begin(long number) {
    since = Math.max(since, number);
  }

  /// The same of somebody who comes back, and has heard this much.
  void begin(long number, List<Session.Place> places) {
    begin(number);
    places.stream()
        .filter(place -> place.skip() > 0)
        .forEach(place -> begun.put(place.key(), new Position(place.rev(), place.skip())));
  }

  /// How far he had come at least.
  Position begun(Key key) {
    return begun.getOrDefault(key, Position.at(0));
  }

  long since() {
    return since;
  }

  /// Forgets what nobody can come back to.
  void forget(long horizon) {
    while (!ended.isEmpty() && ended.firstEntry().getValue() < horizon) {
      spans.remove(ended.pollFirstEntry().getKey());
    }
  }

  Set<Key> keys() {
    return spans.keySet();
  }

  List<Span> spans(Key key) {
    return List.copyOf(spans.getOrDefault(key, List.of()));
  }

  List<Told.Change> told(Key key, long after) {
    Told known = told.get(key);
    return known == null ? List.of() : known.after(after);
  }
}
