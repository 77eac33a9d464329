package io.chatterbox.gateway.fanout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which changes of one key were told under which numbers, the last of them. Numbers only grow; the
/// events of one change have numbers that follow each other.
final class Told {
  private static final int FIRST_CAPACITY = 4;

  private long[] firsts = new long[FIRST_CAPACITY];
  private long[] revs = new long[FIRST_CAPACITY];
  private int[] counts = new int[FIRST_CAPACITY];
  private int from;
  private int to;

  /// One change.
  ///
  /// @param first the number of its first event
  /// @param events how many it has
  record Change(long first, long rev, int events) {}

  /// What was written down elsewhere.
  static Told of(List<Change> changes) {
    Told told = new Told();
    changes.forEach(change -> told.add(change.first(), change.rev(), change.events()));
    return told;
  }

  void add(long first, long rev, int events) {
    if (to == firsts.length) {
      makeRoom();
    }
    firsts[to] = first;
    revs[to] = rev;
    counts[to] = events;
    to++;
  }

  private void makeRoom() {
    int size = size();
    int capacity = size > firsts.length / 2 ? firsts.length * 2 : firsts.length;
    long[] moreFirsts = new long[capacity];
    long[] moreRevs = new long[capacity];
    int[] moreCounts = new int[capacity];
    System.arraycopy(firsts, from, moreFirsts, 0, size);
    System.arraycopy(revs, from, moreRevs, 0, size);
    System.arraycopy(counts, from, moreCounts, 0, size);
    firsts = moreFirsts;
    revs = moreRevs;
    counts = moreCounts;
    from = 0;
    to = size;
  }

  /// How far somebody is for whom everything in here was, and who has heard a number last.
  ///
  /// @param otherwise when everything in here was heard
  Position heard(long number, Position otherwise) {
    int index = firstAfter(number);
    if (index == to) {
      return otherwise;
    }
    int skip = (int) Math.max(0, number - firsts[index] + 1);
    return new Position(revs[index] - 1, skip);
  }

  /// Those after a number.
  List<Change> after(long number) {
    List<Change> changes = new ArrayList<>();
    for (int i = firstAfter(number); i < to; i++) {
      changes.add(new Change(firsts[i], revs[i], counts[i]));
    }
    return changes;
  }

  /// The index of the first change with an event after that number.
  private int firstAfter(long number) {
    int found = Arrays.binarySearch(firsts, from, to, number + 1);
    if (found >= 0) {
      return found;
    }
    int next = -found - 1;
    int before = next - 1;
    return before >= from && firsts[before] + counts[before] - 1 > number ? before : next;
  }

  /// The last number of what [#forget] would forget; 0 if that is nothing.
  long lastOf(long number) {
    int first = firstAfter(number);
    return first == from ? 0 : firsts[first - 1] + counts[first - 1] - 1;
  }

  /// Forgets what has no event after that number.
  ///
  /// @return how many changes that were
  int forget(long number) {
    int first = firstAfter(number);
    int forgotten = first - from;
    from = first;
    return forgotten;
  }

  int size() {
    return to - from;
  }
}
