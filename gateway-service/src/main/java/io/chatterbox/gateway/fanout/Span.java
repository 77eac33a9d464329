package io.chatterbox.gateway.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A stretch of a key's changes in which somebody heard them.
///
/// @param joined as a joined socket; else as somebody who takes part
/// @param before of a join: from here on its socket was not notified, for the answer would tell
/// @param from hears what is above this
/// @param until and up to this
public record Span(boolean joined, long before, long from, long until) {
  /// It goes on.
  static final long OPEN = Long.MAX_VALUE;

  static Span takingPart(long from) {
    return new Span(false, from, from, OPEN);
  }

  static Span joined(long before, long from) {
    return new Span(true, Math.min(before, from), from, OPEN);
  }

  boolean isOpen() {
    return until == OPEN;
  }

  Span endingAt(long rev) {
    return new Span(joined, before, from, rev);
  }

  /// Those that matter after a change. What somebody hears for two reasons stands there once, so
  /// that it does not become more with each time that he comes back.
  static List<Span> after(long rev, List<Span> spans) {
    List<Span> all = new ArrayList<>();
    spans.stream()
        .filter(span -> span.until > rev)
        .sorted(Comparator.comparingLong(Span::before))
        .filter(span -> all.stream().noneMatch(other -> other.covers(span)))
        .forEach(all::add);
    return all;
  }

  private boolean covers(Span other) {
    return joined == other.joined
        && before <= other.before
        && from <= other.from
        && until >= other.until;
  }

  /// What is heard of a change.
  enum Hears {
    /// What joined sockets hear.
    JOINED,
    /// The same as below, but for what a join's answer has told.
    JOINING,
    /// What participants hear.
    TAKING_PART,
    NOTHING
  }

  /// What is heard of the change of that number.
  static Hears at(List<Span> spans, long rev) {
    Hears hears = Hears.NOTHING;
    for (Span span : spans) {
      if (rev <= span.until && rev > span.before) {
        if (span.joined && rev > span.from) {
          return Hears.JOINED;
        }
        if (span.joined || hears == Hears.NOTHING) {
          hears = span.joined ? Hears.JOINING : Hears.TAKING_PART;
        }
      }
    }
    return hears;
  }
}
