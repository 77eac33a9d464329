package io.chatterbox.socketio;

import java.util.List;

/// The arguments of an event or of an acknowledgement: a JSON array as raw bytes, and the
/// attachments that its placeholders `{"_placeholder":true,"num":n}` stand for. Immutable; arrays
/// handed out or taken in are not copied and must not be changed.
public final class Arguments {
  private static final Arguments NONE = new Arguments(new byte[] {'[', ']'}, List.of());

  private final byte[] array;
  private final List<byte[]> attachments;

  private Arguments(byte[] array, List<byte[]> attachments) {
    this.array = array;
    this.attachments = attachments;
  }

  public static Arguments none() {
    return NONE;
  }

  /// One argument per raw JSON value. The values are trusted: they come from this process.
  public static Arguments of(byte[]... values) {
    int size = 1 + Math.max(1, values.length);
    for (byte[] value : values) {
      size += value.length;
    }
    byte[] array = new byte[size];
    int at = 0;
    array[at++] = '[';
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        array[at++] = ',';
      }
      System.arraycopy(values[i], 0, array, at, values[i].length);
      at += values[i].length;
    }
    array[at] = ']';
    return new Arguments(array, List.of());
  }

  /// All arguments as one raw JSON array, trusted; attachments in the order of their placeholders'
  /// numbers.
  public static Arguments ofArray(byte[] array, List<byte[]> attachments) {
    return new Arguments(array, List.copyOf(attachments));
  }

  /// The whole list as one JSON array.
  public byte[] array() {
    return array;
  }

  /// Each argument as raw JSON, copied out of the array.
  public List<byte[]> values() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// How many arguments there are.
  public int count() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// The raw JSON of one argument, copied out of the array.
  public byte[] value(int index) {
    return values().get(index);
  }

  public boolean hasBinary() {
    return !attachments.isEmpty();
  }

  /// The binary attachments, by the numbers of their placeholders.
  public List<byte[]> attachments() {
    return attachments;
  }
}
