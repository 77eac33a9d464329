package io.chatterbox.socketio;

import io.chatterbox.engineio.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events as JSON text without Socket.IO's envelope, for clients without a library for that. In:
/// `{"event":name,"data":value,"id":7}`, out: `{"event":name,"data":value}` and, for an event with
/// an id, `{"reply":7,…}` with the fields of its acknowledgement.
final class Plain {
  private static final int LONGEST_ID = 64;
  private static final byte[] NO_ID = {};

  private Plain() {}

  /// The event that a client's message asks for.
  ///
  /// @throws ProtocolException with a sentence for the client
  static Packet.Call call(byte[] bytes, int from, int to) throws ProtocolException {
    JsonScanner scanner = new JsonScanner(bytes, to, -1);
    try {
      scanner.document(from);
    } catch (ProtocolException e) {
      throw new ProtocolException("This is not JSON, or nested too deep.");
    }
    int at = scanner.skipSpace(from);
    if (bytes[at] != '{') {
      throw new ProtocolException("A message is a JSON object.");
    }
    Fields fields = new Fields(bytes);
    at = scanner.skipSpace(at + 1);
    while (bytes[at] == '"') {
      int nameEnd = scanner.string(at);
      int value = scanner.skipSpace(scanner.skipSpace(nameEnd) + 1);
      int valueEnd = scanner.value(value, 0);
      fields.add(JsonText.decode(bytes, at, nameEnd), value, valueEnd);
      at = scanner.skipSpace(scanner.skipSpace(valueEnd) + 1);
      if (at >= to) {
        break;
      }
    }
    return fields.call();
  }

  /// What a message is made of; other fields mean nothing.
  private static final class Fields {
    private final byte[] bytes;
    private @Nullable String event;
    private @Nullable Arguments data;
    private byte @Nullable [] id;

    Fields(byte[] bytes) {
      this.bytes = bytes;
    }

    void add(String name, int from, int to) throws ProtocolException {
      switch (name) {
        case "event" -> {
          once(name, event);
          if (bytes[from] != '"') {
            throw new ProtocolException("\"event\" is a text.");
          }
          event = JsonText.decode(bytes, from, to);
        }
        case "data" -> {
          once(name, data);
          boolean isNull = bytes[from] == 'n';
          data = isNull ? Arguments.none() : new Arguments(bytes, from, to, List.of());
        }
        case "id" -> {
          once(name, id);
          id = id(from, to);
        }
        default -> {
          // for what there may be one day
        }
      }
    }

    private static void once(String name, @Nullable Object known) throws ProtocolException {
      if (known != null) {
        throw new ProtocolException("\"" + name + "\" is there twice.");
      }
    }

    private byte[] id(int from, int to) throws ProtocolException {
      boolean isText = bytes[from] == '"';
      if (bytes[from] == 'n') {
        return NO_ID;
      }
      if (!isText && bytes[from] != '-' && (bytes[from] < '0' || bytes[from] > '9')) {
        throw new ProtocolException("\"id\" is a number or a text.");
      }
      if (to - from > LONGEST_ID + (isText ? 2 : 0)) {
        throw new ProtocolException("\"id\" is longer than " + LONGEST_ID + " bytes.");
      }
      return Arrays.copyOfRange(bytes, from, to);
    }

    Packet.Call call() throws ProtocolException {
      if (event == null) {
        throw new ProtocolException("\"event\" is missing.");
      }
      return new Packet.Call(
          "/", id == null ? NO_ID : id, event, data == null ? Arguments.none() : data);
    }
  }

  /// A packet of Socket.IO, an event (`42…`) or an acknowledgement (`43…`), as plain text. It is
  /// trusted: it was encoded by [Packets].
  static String text(byte[] packet) {
    try {
      return packet[1] == '2' ? event(packet) : reply(packet);
    } catch (ProtocolException e) {
      throw new IllegalStateException("a packet of this process is not JSON", e);
    }
  }

  private static String event(byte[] packet) throws ProtocolException {
    JsonScanner scanner = new JsonScanner(packet, packet.length, -1);
    int name = 2;
    while (packet[name] != '[') {
      // a plain client is asked nothing, so that it knows of no question's number
      name++;
    }
    int nameEnd = scanner.string(++name);
    ByteArrayOutputStream out = new ByteArrayOutputStream(packet.length + 20);
    write(out, "{\"event\":");
    out.write(packet, name, nameEnd - name);
    if (packet[nameEnd] == ',') {
      int data = scanner.skipSpace(nameEnd + 1);
      write(out, ",\"data\":");
      out.write(packet, data, scanner.value(data, 0) - data);
    }
    out.write('}');
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String reply(byte[] packet) throws ProtocolException {
    JsonScanner scanner = new JsonScanner(packet, packet.length, -1);
    int idEnd = scanner.value(2, 0);
    int value = scanner.skipSpace(idEnd + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream(packet.length + 20);
    write(out, "{\"reply\":");
    out.write(packet, 2, idEnd - 2);
    if (packet[value] == '{') {
      int fields = scanner.skipSpace(value + 1);
      int end = scanner.value(value, 0);
      if (packet[fields] != '}') {
        out.write(',');
      }
      out.write(packet, fields, end - fields);
    } else {
      if (packet[value] != ']') {
        write(out, ",\"data\":");
        out.write(packet, value, scanner.value(value, 0) - value);
      }
      out.write('}');
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
