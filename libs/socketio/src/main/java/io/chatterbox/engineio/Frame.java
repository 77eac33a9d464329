package io.chatterbox.engineio;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One outgoing message, encoded once: an Engine.IO packet as text, and the binary packets that
/// belong to it. Immutable, so one instance goes to any number of sessions on any loop.
public final class Frame {
  static final Frame PING = control('2');
  static final Frame PONG = control('3');
  static final Frame PROBE_PONG = new Frame(new byte[] {'3', 'p', 'r', 'o', 'b', 'e'}, List.of());
  static final Frame NOOP = control('6');
  static final Frame CLOSE = control('1');

  private static final byte[] NO_TEXT = {};

  private final byte[] text;
  private final List<byte[]> attachments;
  private final int bytes;

  /// Where the comma before the trailing value stands; 0 without one.
  private final int trailer;

  private volatile @Nullable Frame bare;
  private volatile byte @Nullable [] compressed;
  private volatile @Nullable String translated;

  private Frame(byte[] text, List<byte[]> attachments) {
    this(text, attachments, 0);
  }

  private Frame(byte[] text, List<byte[]> attachments, int trailer) {
    this.text = text;
    this.trailer = trailer;
    this.attachments = attachments;
    int sum = text.length;
    for (byte[] attachment : attachments) {
      sum += attachment.length;
    }
    this.bytes = sum;
  }

  /// A frame of the packet `text` (with its Engine.IO type, so a message begins with `4`) and of
  /// attachments that follow it without anything in between. The arrays are not copied and must not
  /// change any more.
  public static Frame of(byte[] text, List<byte[]> attachments) {
    return new Frame(text, List.copyOf(attachments));
  }

  /// The same with a last value in the packet's array that not every session is sent.
  ///
  /// @param trailer where the comma before that value stands
  public static Frame withTrailer(byte[] text, List<byte[]> attachments, int trailer) {
    return new Frame(text, List.copyOf(attachments), trailer);
  }

  /// A binary message alone.
  public static Frame ofBinary(byte[] message) {
    return new Frame(NO_TEXT, List.of(message));
  }

  private static Frame control(char type) {
    return new Frame(new byte[] {(byte) type}, List.of());
  }

  /// This frame without its trailing value, made at the first call and then shared; itself when it
  /// has none.
  Frame withoutTrailer() {
    if (trailer == 0) {
      return this;
    }
    Frame known = bare;
    if (known == null) {
      byte[] shorter = Arrays.copyOf(text, trailer + 1);
      shorter[trailer] = ']';
      known = new Frame(shorter, attachments);
      bare = known;
    }
    return known;
  }

  /// The text packet, empty if there is only a binary one; not to be changed.
  public byte[] text() {
    return text;
  }

  /// The binary packets, not to be changed.
  public List<byte[]> attachments() {
    return attachments;
  }

  /// Bytes of the packet and of its attachments, as counted by the bounds of outbound queues.
  public int bytes() {
    return bytes;
  }

  /// The text packet compressed, made at the first call and then shared. All callers must pass the
  /// same kind of compression.
  public byte[] compressed(UnaryOperator<byte[]> compression) {
    byte[] known = compressed;
    if (known == null) {
      known = compression.apply(text);
      compressed = known;
    }
    return known;
  }

  /// The text packet in another language than Engine.IO's, made at the first call and then shared.
  /// All callers must pass the same translation.
  public String translated(Function<byte[], String> translation) {
    String known = translated;
    if (known == null) {
      known = translation.apply(text);
      translated = known;
    }
    return known;
  }
}
