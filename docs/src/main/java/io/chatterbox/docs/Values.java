package io.chatterbox.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chatterbox.contract.documented.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Parts of schemas: what is said of single values.
final class Values {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Values() {}

  static ObjectNode limits(ObjectNode schema, @Nullable Shape shape, String least, String most) {
    if (shape != null) {
      if (shape.least() >= 0) {
        schema.put(least, shape.least());
      }
      if (shape.most() >= 0) {
        schema.put(most, shape.most());
      }
      if (!shape.pattern().isEmpty()) {
        schema.put("pattern", "^" + shape.pattern() + "$");
      }
    }
    return schema;
  }

  static ObjectNode choice(String[] values) {
    ObjectNode schema = NODES.objectNode().put("type", "string");
    if (values.length == 1) {
      return schema.put("const", values[0]);
    }
    ArrayNode all = schema.putArray("enum");
    for (String value : values) {
      all.add(value);
    }
    return schema;
  }

  static ObjectNode nullable(ObjectNode value) {
    if (value.path("type").isTextual() && !value.has("enum")) {
      String type = value.get("type").textValue();
      value.putArray("type").add(type).add("null");
      return value;
    }
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(value).addObject().put("type", "null");
    return either;
  }

  /// Beside a `$ref` older readers of schemas see nothing.
  static ObjectNode described(ObjectNode value, String about) {
    if (about.isEmpty()) {
      return value;
    }
    ObjectNode schema = value;
    if (value.has("$ref")) {
      schema = NODES.objectNode();
      schema.putArray("allOf").add(value);
    }
    return schema.put("description", about);
  }

  /// What follows a `@param` is no whole sentence.
  static String sentence(String words) {
    String whole = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return whole.matches("(?s).*[.?!…]$") ? whole : whole + ".";
  }
}
