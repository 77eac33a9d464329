package io.chatterbox.gateway.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/// Finds text in raw JSON. What is not JSON, or not there, or not text, is empty.
public final class RawFields {
  private final JsonFactory factory = new JsonFactory();

  /// The first field of that name at the top of an object.
  public Optional<String> text(byte[] json, String field) {
    try (JsonParser parser = factory.createParser(json)) {
      return enter(parser, field) && parser.currentToken() == JsonToken.VALUE_STRING
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The same in an object that is a field itself.
  public Optional<String> text(byte[] json, String object, String field) {
    try (JsonParser parser = factory.createParser(json)) {
      return enter(parser, object)
              && find(parser, field)
              && parser.currentToken() == JsonToken.VALUE_STRING
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean enter(JsonParser parser, String field) throws IOException {
    parser.nextToken();
    return find(parser, field);
  }

  /// Stops at the field's value; false if the current token begins no object with that field.
  private static boolean find(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(field);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
