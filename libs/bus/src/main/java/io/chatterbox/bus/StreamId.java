package io.chatterbox.bus;

/// The id of a stream entry: the milliseconds of Redis's clock when it was appended, and a number
/// within them.
record StreamId(long millis, long number) implements Comparable<StreamId> {
  static final StreamId ZERO = new StreamId(0, 0);

  static StreamId parse(String text) {
    int dash = text.indexOf('-');
    return new StreamId(
        Long.parseUnsignedLong(text, 0, dash, 10),
        Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
  }

  String text() {
    return millis + "-" + number;
  }

  @Override
  public int compareTo(StreamId other) {
    int byTime = Long.compare(millis, other.millis);
    return byTime != 0 ? byTime : Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return text();
  }
}
