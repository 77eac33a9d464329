package io.chatterbox.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;

/// The types of all socket events for `Socket<ServerToClientEvents, ClientToServerEvents>`, made
/// from the AsyncAPI document.
final class TypeScript {
  private static final int WIDE = 100;

  private final Words words;
  private final JsonNode document;
  private final StringBuilder out = new StringBuilder();

  TypeScript(Words words, ObjectNode document) {
    this.words = words;
    this.document = document;
  }

  String source() {
    comment("", words.text("typescript"));
    for (Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      out.append('\n');
      declare(schema.getKey(), schema.getValue());
    }
    out.append('\n').append(words.text("typescript-answer")).append('\n');
    events("ClientToServerEvents", "receive");
    events("ServerToClientEvents", "send");
    return out.toString();
  }

  private void declare(String name, JsonNode schema) {
    comment("", schema.path("description").asText());
    if (schema.has("properties") && !schema.has("oneOf")) {
      out.append("export interface ").append(name).append(" {\n");
      Set<String> required = required(schema);
      for (Entry<String, JsonNode> field : schema.get("properties").properties()) {
        comment("  ", field.getValue().path("description").asText());
        out.append("  ").append(field.getKey());
        out.append(required.contains(field.getKey()) ? ": " : "?: ");
        out.append(type(field.getValue())).append(";\n");
      }
      out.append("}\n");
    } else {
      out.append("export type ").append(name).append(" =");
      String type = type(schema);
      out.append(type.startsWith("\n") ? "" : " ").append(type).append(";\n");
    }
  }

  private void events(String name, String action) {
    out.append("\nexport interface ").append(name).append(" {\n");
    for (JsonNode operation : document.get("operations")) {
      if (operation.get("action").textValue().equals(action)) {
        event(operation);
      }
    }
    out.append("}\n");
  }

  private void event(JsonNode operation) {
    JsonNode message = message(operation.get("messages").get(0));
    String refusals = operation.path("description").asText();
    comment("  ", (message.get("summary").textValue() + "\n\n" + refusals).strip());
    String name = message.get("name").textValue();
    out.append("  ").append(name.matches("\\w+") ? name : "'" + name + "'").append(": (");
    if (operation.has("reply")) {
      JsonNode answer = message(operation.at("/reply/messages").get(0));
      out.append("payload: ").append(type(message.get("payload")));
      String told = type(answer.at("/payload/anyOf").get(0));
      out.append(", acknowledge?: Acknowledge<").append(told).append('>');
    } else {
      out.append("data: ").append(type(message.get("payload")));
    }
    out.append(") => void;\n");
  }

  private JsonNode message(JsonNode inChannel) {
    String key = last(inChannel.get("$ref").textValue());
    return document.get("components").get("messages").get(key);
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return last(schema.get("$ref").textValue());
    }
    if (schema.has("oneOf")) {
      return either(schema);
    }
    if (schema.has("properties")) {
      return object(schema, required(schema), Set.of());
    }
    if (schema.has("allOf")) {
      return type(schema.get("allOf").get(0));
    }
    if (schema.has("anyOf")) {
      return list(schema.get("anyOf")).stream()
          .map(TypeScript::type)
          .collect(Collectors.joining(" | "));
    }
    if (schema.has("const")) {
      return literal(schema.get("const"));
    }
    if (schema.has("enum")) {
      return list(schema.get("enum")).stream()
          .map(TypeScript::literal)
          .collect(Collectors.joining(" | "));
    }
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return list(type).stream()
          .map(one -> simple(one.textValue(), schema))
          .collect(Collectors.joining(" | "));
    }
    return simple(type.textValue(), schema);
  }

  private static String simple(String type, JsonNode schema) {
    return switch (type) {
      case "integer" -> "number";
      case "array" -> {
        String entry = type(schema.get("items"));
        yield entry.contains(" ") ? "(" + entry + ")[]" : entry + "[]";
      }
      default -> type;
    };
  }

  /// Exactly one of some fields.
  private static String either(JsonNode schema) {
    List<String> fields =
        list(schema.get("oneOf")).stream().map(one -> one.at("/required/0").textValue()).toList();
    List<String> variants = new ArrayList<>();
    for (String field : fields) {
      Set<String> required = required(schema);
      required.add(field);
      Set<String> never = new HashSet<>(fields);
      never.remove(field);
      variants.add(object(schema, required, never));
    }
    return "\n  | " + String.join("\n  | ", variants);
  }

  private static String object(JsonNode schema, Set<String> required, Set<String> never) {
    return schema.get("properties").properties().stream()
        .map(field ->
            never.contains(field.getKey())
                ? field.getKey() + "?: undefined"
                : field.getKey()
                    + (required.contains(field.getKey()) ? ": " : "?: ")
                    + type(field.getValue()))
        .collect(Collectors.joining("; ", "{ ", " }"));
  }

  private static Set<String> required(JsonNode schema) {
    return list(schema.path("required")).stream()
        .map(JsonNode::textValue)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String literal(JsonNode value) {
    return value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  private static String last(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private void comment(String indent, String text) {
    if (text.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n\n", -1)) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split("\\s+", -1)) {
        if (!line.isEmpty() && indent.length() + line.length() + word.length() > WIDE - 4) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    if (lines.size() == 1 && indent.length() + lines.getFirst().length() < WIDE - 7) {
      out.append(indent).append("/** ").append(lines.getFirst()).append(" */\n");
      return;
    }
    out.append(indent).append("/**\n");
    lines.forEach(line -> out.append(indent).append((" * " + line).stripTrailing()).append('\n'));
    out.append(indent).append(" */\n");
  }
}
