package io.chatterbox.engineio;

import java.util.List;

/// One outgoing message, encoded once: an Engine.IO `message` packet and the binary packets that
/// belong to it. Immutable, so one instance goes to any number of sessions on any loop; every wire
/// form is made at most once per form.
public final class Frame {
  private final byte[] text;
  private final List<byte[]> attachments;

  private Frame(byte[] text, List<byte[]> attachments) {
    this.text = text;
    this.attachments = attachments;
  }

  /// A frame of the packet `text` (with its Engine.IO type, so it begins with `4`) and of
  /// attachments that follow it without anything in between. The arrays are not copied and must not
  /// change any more.
  public static Frame of(byte[] text, List<byte[]> attachments) {
    return new Frame(text, List.copyOf(attachments));
  }

  /// Bytes of the packet and of its attachments, as counted by the bounds of outbound queues.
  public int bytes() {
    int sum = text.length;
    for (byte[] attachment : attachments) {
      sum += attachment.length;
    }
    return sum;
  }
}
