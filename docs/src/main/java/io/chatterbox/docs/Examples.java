package io.chatterbox.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Examples of schemas, put together from examples of their fields. Fields that may be absent are
/// there if they have an example.
final class Examples {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Words words;
  private final Map<String, ObjectNode> named;

  Examples(Words words, Map<String, ObjectNode> named) {
    this.words = words;
    this.named = named;
  }

  /// Puts examples beside the schemas of what a call takes and gives.
  void into(ObjectNode operation) {
    for (JsonNode content : operation.findValues("content")) {
      JsonNode json = content.path("application/json");
      if (json.has("schema") && !json.has("example")) {
        ((ObjectNode) json).set("example", of("", json.get("schema")));
      }
    }
  }

  /// An example.
  ///
  /// @param name of the schema or of what it is for: its own words come first
  JsonNode of(String name, JsonNode schema) {
    if (schema.has("$ref")) {
      String shape = schema.get("$ref").textValue().substring(Schemas.REFERENCE.length());
      return of(shape, Objects.requireNonNull(named.get(shape), shape));
    }
    if (schema.has("properties")) {
      return object(name, schema);
    }
    for (String choice : new String[] {"allOf", "anyOf", "oneOf"}) {
      if (schema.has(choice)) {
        return of(name, schema.get(choice).get(0));
      }
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    JsonNode type = schema.path("type").isArray() ? schema.get("type").get(0) : schema.path("type");
    return switch (type.asText()) {
      case "object" -> NODES.objectNode();
      case "array" -> NODES.arrayNode().add(of(name, schema.get("items")));
      case "boolean" -> NODES.booleanNode(false);
      case "integer" -> schema.get("minimum");
      default ->
          words
              .example("", name)
              .orElseThrow(() ->
                  new IllegalStateException(
                      "words.yaml has no example for " + name + ": " + schema));
    };
  }

  private ObjectNode object(String name, JsonNode schema) {
    ObjectNode example = NODES.objectNode();
    Set<String> required = texts(schema.path("required"));
    Set<String> either = new HashSet<>();
    schema.path("oneOf").forEach(one -> either.addAll(texts(one.path("required"))));
    if (!either.isEmpty()) {
      String first = schema.get("oneOf").get(0).get("required").get(0).textValue();
      required.add(first);
      either.remove(first);
    }
    schema
        .get("properties")
        .properties()
        .forEach(property -> {
          String field = property.getKey();
          Optional<JsonNode> given =
              words.example(name, field).filter(_ -> !isFixed(property.getValue()));
          if (either.contains(field)) {
            return;
          }
          if (given.isPresent()) {
            if (!given.get().asText().equals("absent")) {
              example.set(field, given.get());
            }
          } else if (required.contains(field)) {
            example.set(field, of(field, property.getValue()));
          }
        });
    return example;
  }

  private static boolean isFixed(JsonNode schema) {
    return schema.has("const");
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> all = new HashSet<>();
    if (list instanceof ArrayNode array) {
      array.forEach(one -> all.add(one.textValue()));
    }
    return all;
  }
}
