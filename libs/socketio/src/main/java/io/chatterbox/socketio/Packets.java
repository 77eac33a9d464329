package io.chatterbox.socketio;

import io.chatterbox.engineio.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Encoder of Socket.IO packets (protocol v5, "Packet encoding") into frames that can go to many
/// sockets.
public final class Packets {
  private static final byte[] NO_ID = {};

  private Packets() {}

  /// An EVENT (BINARY_EVENT if there are attachments) of that namespace without acknowledgement.
  ///
  /// @param namespace `/` or `/name`
  /// @param name of the event
  /// @param arguments what follows the name
  public static Frame event(String namespace, String name, Arguments arguments) {
    return event(namespace, NO_ID, name, arguments);
  }

  /// The same with one more argument at its end for those clients that can take their session up
  /// again ([Recovery]): an offset, which others would hand to handlers that expect none.
  public static Frame event(String namespace, String name, Arguments arguments, byte[] offset) {
    byte[] bare = event(namespace, name, arguments).text();
    byte[] text = Arrays.copyOf(bare, bare.length + offset.length + 1);
    text[bare.length - 1] = ',';
    System.arraycopy(offset, 0, text, bare.length, offset.length);
    text[text.length - 1] = ']';
    return Frame.withTrailer(text, arguments.attachments(), bare.length - 1);
  }

  static Frame event(String namespace, byte[] id, String name, Arguments arguments) {
    char type = arguments.hasBinary() ? '5' : '2';
    return withArray(head(type, arguments, namespace), id, JsonText.encode(name), arguments);
  }

  static Frame ack(String namespace, byte[] id, Arguments arguments) {
    char type = arguments.hasBinary() ? '6' : '3';
    return withArray(head(type, arguments, namespace), id, NO_ID, arguments);
  }

  private static String head(char type, Arguments arguments, String namespace) {
    String count = arguments.hasBinary() ? arguments.attachments().size() + "-" : "";
    return "4" + type + count + prefix(namespace);
  }

  private static String prefix(String namespace) {
    return namespace.equals("/") ? "" : namespace + ",";
  }

  private static Frame withArray(String head, byte[] id, byte[] first, Arguments rest) {
    byte[] headBytes = head.getBytes(StandardCharsets.UTF_8);
    boolean comma = first.length > 0 && rest.length() > 0;
    byte[] text =
        new byte[headBytes.length + id.length + first.length + rest.length() + (comma ? 3 : 2)];
    System.arraycopy(headBytes, 0, text, 0, headBytes.length);
    int at = headBytes.length;
    System.arraycopy(id, 0, text, at, id.length);
    at += id.length;
    text[at++] = '[';
    System.arraycopy(first, 0, text, at, first.length);
    at += first.length;
    if (comma) {
      text[at++] = ',';
    }
    rest.writeTo(text, at);
    text[text.length - 1] = ']';
    return Frame.of(text, rest.attachments());
  }

  /// CONNECT with the socket's id, and the private id if recovery is on; revision 4 of the protocol
  /// (Engine.IO 3) has neither.
  static Frame connected(String namespace, String id, Optional<String> pid) {
    String payload = "{\"sid\":" + quoted(id) + pid.map(p -> ",\"pid\":" + quoted(p)).orElse("");
    return text("40" + prefix(namespace) + payload + "}");
  }

  static Frame connectedBare(String namespace) {
    return text("40" + prefix(namespace));
  }

  static Frame refused(String namespace, ConnectRefused refusal, boolean bare) {
    String message = quoted(refusal.message());
    String data =
        refusal.data().map(d -> ",\"data\":" + new String(d, StandardCharsets.UTF_8)).orElse("");
    String payload =
        bare
            ? refusal.data().map(d -> new String(d, StandardCharsets.UTF_8)).orElse(message)
            : "{\"message\":" + message + data + "}";
    return text("44" + prefix(namespace) + payload);
  }

  static Frame disconnect(String namespace) {
    return text("41" + prefix(namespace));
  }

  private static String quoted(String text) {
    return new String(JsonText.encode(text), StandardCharsets.UTF_8);
  }

  private static Frame text(String packet) {
    return Frame.of(packet.getBytes(StandardCharsets.UTF_8), List.of());
  }
}
