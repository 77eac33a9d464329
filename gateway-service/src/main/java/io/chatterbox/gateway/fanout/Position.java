package io.chatterbox.gateway.fanout;

import java.util.Comparator;

/// How far somebody has heard a key: every change up to a `rev`, and the first events of the next.
///
/// @param skip how many events of the change after `rev`
public record Position(long rev, int skip) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::rev).thenComparingInt(Position::skip);

  /// Everything up to this change.
  static Position at(long rev) {
    return new Position(rev, 0);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  Position orEarlier(Position other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Position orLater(Position other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
