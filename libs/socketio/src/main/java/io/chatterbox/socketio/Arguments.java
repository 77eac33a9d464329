package io.chatterbox.socketio;

import io.chatterbox.engineio.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The arguments of an event or of an acknowledgement: a JSON array as raw bytes, and the
/// attachments that its placeholders `{"_placeholder":true,"num":n}` stand for. Immutable; arrays
/// taken in are not copied and must not be changed.
public final class Arguments {
  private static final Arguments NONE = new Arguments(new byte[0], 0, 0, List.of());

  /// The elements with their commas, without the brackets, are the bytes from `from` up to `to`.
  private final byte[] source;

  private final int from;
  private final int to;
  private final List<byte[]> attachments;

  Arguments(byte[] source, int from, int to, List<byte[]> attachments) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.attachments = attachments;
  }

  public static Arguments none() {
    return NONE;
  }

  /// One argument per raw JSON value. The values are trusted: they come from this process.
  public static Arguments of(byte[]... values) {
    if (values.length == 1) {
      return new Arguments(values[0], 0, values[0].length, List.of());
    }
    int size = Math.max(0, values.length - 1);
    for (byte[] value : values) {
      size += value.length;
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (byte[] value : values) {
      if (at > 0) {
        joined[at++] = ',';
      }
      System.arraycopy(value, 0, joined, at, value.length);
      at += value.length;
    }
    return new Arguments(joined, 0, size, List.of());
  }

  /// All arguments as one raw JSON array, trusted; attachments in the order of their placeholders'
  /// numbers.
  public static Arguments ofArray(byte[] array, List<byte[]> attachments) {
    int from = 0;
    int to = array.length;
    while (array[from] != '[') {
      from++;
    }
    while (array[to - 1] != ']') {
      to--;
    }
    return new Arguments(array, from + 1, to - 1, List.copyOf(attachments));
  }

  /// The same with one more argument at the end, raw JSON.
  public Arguments plus(byte[] value) {
    boolean first = isEmpty();
    byte[] longer = new byte[to - from + value.length + (first ? 0 : 1)];
    System.arraycopy(source, from, longer, 0, to - from);
    if (!first) {
      longer[to - from] = ',';
    }
    System.arraycopy(value, 0, longer, longer.length - value.length, value.length);
    return new Arguments(longer, 0, longer.length, attachments);
  }

  Arguments with(List<byte[]> attachments) {
    return new Arguments(source, from, to, attachments);
  }

  /// The whole list as one JSON array, copied.
  public byte[] array() {
    byte[] array = new byte[to - from + 2];
    array[0] = '[';
    writeTo(array, 1);
    array[array.length - 1] = ']';
    return array;
  }

  /// Length of what [#writeTo] writes.
  int length() {
    return to - from;
  }

  /// Writes the elements with their commas, without brackets.
  void writeTo(byte[] target, int at) {
    System.arraycopy(source, from, target, at, to - from);
  }

  /// Each argument as raw JSON, copied.
  public List<byte[]> values() {
    List<byte[]> values = new ArrayList<>(2);
    JsonScanner scanner = new JsonScanner(source, to, -1);
    try {
      int at = scanner.skipSpace(from);
      while (at < to) {
        int end = scanner.value(at, 0);
        values.add(Arrays.copyOfRange(source, at, end));
        at = scanner.skipSpace(end) + 1;
        at = scanner.skipSpace(at);
      }
    } catch (ProtocolException e) {
      throw new IllegalStateException("arguments that were trusted are not JSON", e);
    }
    return values;
  }

  /// How many arguments there are.
  public int count() {
    return values().size();
  }

  /// The raw JSON of one argument, copied.
  public byte[] value(int index) {
    return values().get(index);
  }

  public boolean isEmpty() {
    return new JsonScanner(source, to, -1).skipSpace(from) == to;
  }

  public boolean hasBinary() {
    return !attachments.isEmpty();
  }

  /// The binary attachments, by the numbers of their placeholders.
  public List<byte[]> attachments() {
    return attachments;
  }
}
