package io.chatterbox.gateway.fanout;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which changes of one key were told under which numbers, the last of them. Numbers only grow; the
/// events of one change have numbers that follow each other.
public final class Told {
  private static final int FIRST_CAPACITY = 4;
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private long[] firsts = new long[FIRST_CAPACITY];
  private long[] revs = new long[FIRST_CAPACITY];
  private int[] counts = new int[FIRST_CAPACITY];
  private int from;
  private int to;

  /// One change.
  ///
  /// @param first the number of its first event
  /// @param events how many it has
  public record Change(long first, long rev, int events) {}

  /// What was written down elsewhere.
  public static Told of(List<Change> changes) {
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
  /// @param until what was told after this number was not for him
  /// @param otherwise when everything in here was heard
  public Position heard(long number, long until, Position otherwise) {
    int index = firstAfter(number);
    if (index == to || firsts[index] > until) {
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

  // ---- written down

  /// Writes the last changes down.
  ///
  /// @param most how many
  /// @param forgotten the last number that was told and is not known here
  byte[] write(int most, long forgotten) {
    int first = Math.max(from, to - most);
    long unknown = first == from ? forgotten : firsts[first - 1] + counts[first - 1] - 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 + 4 * (to - first));
    write(out, unknown);
    long number = 0;
    long rev = 0;
    for (int i = first; i < to; i++) {
      write(out, firsts[i] - number);
      write(out, revs[i] - rev);
      write(out, counts[i]);
      number = firsts[i];
      rev = revs[i];
    }
    return out.toByteArray();
  }

  /// What [#write] wrote.
  ///
  /// @param forgotten the last number that was told and is not known here
  public record Left(long forgotten, List<Change> changes) {
    public Left {
      changes = List.copyOf(changes);
    }

    /// Reads it.
    ///
    /// @throws IllegalArgumentException for anything else
    public static Left read(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      try {
        long forgotten = Told.read(in);
        List<Change> changes = new ArrayList<>();
        long number = 0;
        long rev = 0;
        while (in.hasRemaining()) {
          number += Told.read(in);
          rev += Told.read(in);
          changes.add(new Change(number, rev, (int) Told.read(in)));
        }
        return new Left(forgotten, changes);
      } catch (BufferUnderflowException e) {
        throw new IllegalArgumentException("cut off", e);
      }
    }
  }

  /// Writes seven bits at a time, the lowest first; a `rev` may be lower than the one before.
  private static void write(ByteArrayOutputStream out, long value) {
    long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
    while (rest >>> BITS != 0) {
      out.write((int) ((rest & (MORE - 1)) | MORE));
      rest >>>= BITS;
    }
    out.write((int) rest);
  }

  private static long read(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    int part;
    do {
      part = in.get();
      value |= (long) (part & (MORE - 1)) << shift;
      shift += BITS;
    } while ((part & MORE) != 0);
    return (value >>> 1) ^ -(value & 1);
  }
}
