package io.chatterbox.gateway.fanout;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Payloads made of others without parsing them. What services write is trusted to be JSON objects
/// without white space around them.
final class Payloads {
  private Payloads() {}

  /// What [#notification] spells.
  @Told("notification")
  record Notification(
      @Shape(oneOf = "new_message") String type,
      String conversationId,
      @Shape(name = "Message") RawJson message) {}

  /// The same object with one more field.
  static byte[] with(RawJson object, String name, String value) {
    return with(object.bytes(), 1, name, value);
  }

  /// The same object with one more field in the object that is its last field.
  static byte[] withInLast(RawJson object, String name, String value) {
    return with(object.bytes(), 2, name, value);
  }

  /// @param closing how many braces follow the new field
  private static byte[] with(byte[] bytes, int closing, String name, String value) {
    int end = bytes.length - closing;
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + name.length() + 80);
    out.write(bytes, 0, end);
    write(out, (bytes[end - 1] == '{' ? "\"" : ",\"") + name + "\":");
    quote(out, value);
    out.write(bytes, end, closing);
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
