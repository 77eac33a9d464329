package io.chatterbox.socketio;

import io.chatterbox.engineio.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decoder of Socket.IO packets (protocol v5, "Packet encoding") of one connection; keeps a packet
/// whose attachments have not all come. Throws nothing but [ProtocolException].
final class PacketDecoder {
  static final int MAX_ATTACHMENTS = 10;
  private static final int MAX_NAMESPACE = 512;
  private static final int MAX_ID = 128;
  private static final byte[] NO_AUTH = {'{', '}'};

  private @Nullable Packet partial;
  private int missing;
  private @Nullable List<byte[]> attachments;

  /// A packet, or null while attachments are missing.
  @Nullable Packet text(byte[] bytes, int from, int to) throws ProtocolException {
    if (partial != null) {
      throw new ProtocolException("text instead of an attachment");
    }
    if (from >= to) {
      throw new ProtocolException("empty packet");
    }
    int at = from + 1;
    return switch (bytes[from]) {
      case '0' -> connect(bytes, at, to);
      case '1' -> disconnect(bytes, at, to);
      case '2' -> call(bytes, at, to, 0);
      case '3' -> answer(bytes, at, to, 0);
      case '5' -> binary(bytes, at, to, true);
      case '6' -> binary(bytes, at, to, false);
      default -> throw new ProtocolException("unknown packet type");
    };
  }

  /// The namespace of the packet of which attachments are missing, null if none is.
  @Nullable String awaiting() {
    return partial == null ? null : partial.namespace();
  }

  /// The packet that this attachment completes, or null while more are missing.
  @Nullable Packet attachment(byte[] bytes) throws ProtocolException {
    Packet waiting = partial;
    List<byte[]> collected = attachments;
    if (waiting == null || collected == null) {
      throw new ProtocolException("attachment without packet");
    }
    collected.add(bytes);
    if (--missing > 0) {
      return null;
    }
    partial = null;
    attachments = null;
    return switch (waiting) {
      case Packet.Call call -> call.with(List.copyOf(collected));
      case Packet.Answer answer -> answer.with(List.copyOf(collected));
      case Packet.Connect connect -> connect;
      case Packet.Disconnect disconnect -> disconnect;
    };
  }

  private @Nullable Packet binary(byte[] bytes, int from, int to, boolean event)
      throws ProtocolException {
    int at = from;
    int count = 0;
    while (at < to && isDigit(bytes[at])) {
      count = Math.min(count * 10 + bytes[at++] - '0', MAX_ATTACHMENTS + 1);
    }
    if (at == from || at == to || bytes[at] != '-') {
      throw new ProtocolException("malformed number of attachments");
    }
    if (count > MAX_ATTACHMENTS) {
      throw new ProtocolException("too many attachments");
    }
    Packet packet = event ? call(bytes, at + 1, to, count) : answer(bytes, at + 1, to, count);
    if (count == 0) {
      return packet;
    }
    partial = packet;
    missing = count;
    attachments = new ArrayList<>(count);
    return null;
  }

  private static Packet connect(byte[] bytes, int from, int to) throws ProtocolException {
    int at = namespaceEnd(bytes, from, to);
    String namespace = namespace(bytes, from, at);
    int payload = afterNamespace(bytes, from, at, to);
    if (payload == to) {
      return new Packet.Connect(namespace, NO_AUTH);
    }
    if (bytes[payload] != '{') {
      throw new ProtocolException("CONNECT payload is not an object");
    }
    new JsonScanner(bytes, to, -1).document(payload);
    return new Packet.Connect(namespace, Arrays.copyOfRange(bytes, payload, to));
  }

  private static Packet disconnect(byte[] bytes, int from, int to) throws ProtocolException {
    int at = namespaceEnd(bytes, from, to);
    String namespace = namespace(bytes, from, at);
    if (afterNamespace(bytes, from, at, to) != to) {
      throw new ProtocolException("DISCONNECT with payload");
    }
    return new Packet.Disconnect(namespace);
  }

  private static Packet call(byte[] bytes, int from, int to, int count) throws ProtocolException {
    int nsEnd = namespaceEnd(bytes, from, to);
    int idFrom = afterNamespace(bytes, from, nsEnd, to);
    int array = idEnd(bytes, idFrom, to);
    JsonScanner scanner = scanArray(bytes, array, to, count);
    int name = scanner.skipSpace(array + 1);
    int nameEnd = scanner.value(name, 0);
    int rest = scanner.skipSpace(nameEnd);
    int bodyFrom = bytes[rest] == ',' ? rest + 1 : rest;
    return new Packet.Call(
        namespace(bytes, from, nsEnd),
        Arrays.copyOfRange(bytes, idFrom, array),
        eventName(bytes, name, nameEnd),
        new Arguments(bytes, bodyFrom, arrayEnd(bytes, to), List.of()));
  }

  private static Packet answer(byte[] bytes, int from, int to, int count) throws ProtocolException {
    int nsEnd = namespaceEnd(bytes, from, to);
    int idFrom = afterNamespace(bytes, from, nsEnd, to);
    int array = idEnd(bytes, idFrom, to);
    if (idFrom == array) {
      throw new ProtocolException("acknowledgement without id");
    }
    scanArray(bytes, array, to, count);
    return new Packet.Answer(
        namespace(bytes, from, nsEnd),
        ownId(bytes, idFrom, array),
        new Arguments(bytes, array + 1, arrayEnd(bytes, to), List.of()));
  }

  /// "The payload is mandatory and MUST be an array".
  private static JsonScanner scanArray(byte[] bytes, int array, int to, int count)
      throws ProtocolException {
    if (array >= to || bytes[array] != '[') {
      throw new ProtocolException("payload is not an array");
    }
    JsonScanner scanner = new JsonScanner(bytes, to, count > 0 ? count : -1);
    scanner.document(array);
    return scanner;
  }

  private static int arrayEnd(byte[] bytes, int to) {
    int at = to - 1;
    while (bytes[at] != ']') {
      at--;
    }
    return at;
  }

  /// Names are strings; the reference implementation takes numbers too. Names of its own events are
  /// refused.
  private static String eventName(byte[] bytes, int from, int to) throws ProtocolException {
    if (bytes[from] == '"') {
      String name = JsonText.decode(bytes, from, to);
      return switch (name) {
        case "connect",
            "connect_error",
            "disconnect",
            "disconnecting",
            "newListener",
            "removeListener" ->
            throw new ProtocolException("reserved event name");
        default -> name;
      };
    }
    if (bytes[from] == '-' || isDigit(bytes[from])) {
      return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }
    throw new ProtocolException("event without name");
  }

  /// Ids of acknowledgements that this server asked for are small; no other can match.
  private static long ownId(byte[] bytes, int from, int to) {
    if (to - from > 18) {
      return -1;
    }
    long id = 0;
    for (int at = from; at < to; at++) {
      id = id * 10 + bytes[at] - '0';
    }
    return id;
  }

  private static int idEnd(byte[] bytes, int from, int to) throws ProtocolException {
    int at = from;
    while (at < to && isDigit(bytes[at])) {
      at++;
    }
    if (at - from > MAX_ID) {
      throw new ProtocolException("acknowledgement id too long");
    }
    return at;
  }

  private static int namespaceEnd(byte[] bytes, int from, int to) throws ProtocolException {
    if (from >= to || bytes[from] != '/') {
      return from;
    }
    int at = from;
    while (at < to && bytes[at] != ',') {
      at++;
    }
    if (at - from > MAX_NAMESPACE) {
      throw new ProtocolException("namespace too long");
    }
    return at;
  }

  private static int afterNamespace(byte[] bytes, int from, int at, int to) {
    return at > from && at < to && bytes[at] == ',' ? at + 1 : at;
  }

  private static String namespace(byte[] bytes, int from, int to) {
    return to - from <= 1 ? "/" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
