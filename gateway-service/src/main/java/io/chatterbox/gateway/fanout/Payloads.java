package io.chatterbox.gateway.fanout;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.chatterbox.contract.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Payloads made of others without parsing them. What services write is trusted to be JSON objects
/// without white space around them.
final class Payloads {
  private Payloads() {}

  /// The same object with one more field.
  static byte[] with(RawJson object, String name, String value) {
    byte[] bytes = object.bytes();
    boolean isEmpty = bytes.length == 2;
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + name.length() + 80);
    out.write(bytes, 0, bytes.length - 1);
    write(out, (isEmpty ? "\"" : ",\"") + name + "\":");
    quote(out, value);
    out.write('}');
    return out.toByteArray();
  }

  /// `notification` about a message of a conversation.
  static byte[] notification(String conversationId, byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 128);
    write(out, "{\"type\":\"new_message\",\"conversationId\":");
    quote(out, conversationId);
    write(out, ",\"message\":");
    out.write(message, 0, message.length);
    out.write('}');
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void quote(ByteArrayOutputStream out, String text) {
    out.write('"');
    out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    out.write('"');
  }
}
