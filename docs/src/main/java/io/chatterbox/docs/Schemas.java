package io.chatterbox.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.documented.Shape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// JSON schemas of Java types, in the words that AsyncAPI 3 and OpenAPI 3.1 share.
final class Schemas {
  static final String REFERENCE = "#/components/schemas/";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TIMESTAMP = "Timestamp";
  private static final String TIMESTAMP_PATTERN =
      "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$";

  private final Comments comments;
  private final Words words;
  private final Map<String, ObjectNode> named = new TreeMap<>();

  /// Who writes the value: services always write all fields, clients leave out what may be absent.
  enum Side {
    CLIENT,
    SERVER
  }

  Schemas(Comments comments, Words words) {
    this.comments = comments;
    this.words = words;
  }

  /// All that have a name, by it.
  Map<String, ObjectNode> named() {
    return named;
  }

  /// A reference to the schema of a record, which is made if it is not there yet.
  ObjectNode reference(Class<?> record, Side side) {
    return reference(record, nameOf(record), Map.of(), side);
  }

  /// A reference to what has this name somewhere.
  static ObjectNode reference(String name) {
    return NODES.objectNode().put("$ref", REFERENCE + name);
  }

  /// Adds a schema of this name, or makes sure that it is the same as before.
  void add(String name, ObjectNode schema) {
    ObjectNode known = named.put(name, schema);
    if (known != null && !known.equals(schema)) {
      throw new IllegalStateException(
          "two shapes are named %s: %s and %s".formatted(name, known, schema));
    }
  }

  /// Makes what is referred to by name only.
  ///
  /// @param find the record of a name
  /// @param document what refers to it, besides the schemas
  void resolve(Function<String, Class<?>> find, JsonNode document) {
    Set<String> missing = missing(document);
    while (!missing.isEmpty()) {
      missing.forEach(name -> reference(find.apply(name), Side.SERVER));
      missing = missing(document);
    }
  }

  private Set<String> missing(JsonNode document) {
    Set<String> missing = new TreeSet<>();
    List<JsonNode> all = new ArrayList<>(named.values());
    all.add(document);
    for (JsonNode part : all) {
      for (JsonNode reference : part.findValues("$ref")) {
        if (reference.textValue().startsWith(REFERENCE)) {
          missing.add(reference.textValue().substring(REFERENCE.length()));
        }
      }
    }
    missing.removeAll(named.keySet());
    return missing;
  }

  /// The schema of a Java type.
  ///
  /// @param shape what is said of it besides
  /// @param variables what stands for type variables
  ObjectNode of(Type type, @Nullable Shape shape, Map<String, Type> variables, Side side) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      if (raw == List.class) {
        return list(generic.getActualTypeArguments()[0], shape, variables, side);
      }
      return generic(generic, raw, side);
    }
    if (variables.containsKey(type.getTypeName())) {
      return of(variables.get(type.getTypeName()), shape, Map.of(), side);
    }
    if (shape != null && !shape.name().isEmpty()) {
      if (shape.oneOf().length > 0) {
        add(shape.name(), Values.choice(shape.oneOf()));
      }
      return reference(shape.name());
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalStateException("no schema can be made of " + type);
    }
    if (plain.isRecord()) {
      return reference(plain, side);
    }
    if (plain.isEnum()) {
      return enumeration(plain);
    }
    return simple(plain, shape);
  }

  private ObjectNode simple(Class<?> type, @Nullable Shape shape) {
    ObjectNode schema = NODES.objectNode();
    if (type == String.class || type == JsonNode.class) {
      return shape != null && shape.oneOf().length > 0
          ? Values.choice(shape.oneOf())
          : Values.limits(schema.put("type", "string"), shape, "minLength", "maxLength");
    }
    if (type == Instant.class) {
      add(
          TIMESTAMP,
          schema
              .put("type", "string")
              .put("format", "date-time")
              .put("pattern", TIMESTAMP_PATTERN)
              .put("description", words.text("timestamp")));
      return reference(TIMESTAMP);
    }
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      Values.limits(schema.put("type", "integer"), shape, "minimum", "maximum");
      return schema.has("minimum") ? schema : schema.put("minimum", 0);
    }
    throw new IllegalStateException(
        type == RawJson.class
            ? "what is passed on unread needs a @Shape with a name"
            : "no schema can be made of " + type);
  }

  private ObjectNode list(
      Type entry, @Nullable Shape shape, Map<String, Type> variables, Side side) {
    ObjectNode schema = NODES.objectNode().put("type", "array");
    Values.limits(schema, shape, "minItems", "maxItems");
    boolean isNamed = shape != null && !shape.name().isEmpty();
    schema.set("items", of(entry, isNamed ? shape : null, variables, side));
    return schema;
  }

  private ObjectNode enumeration(Class<?> type) {
    ObjectNode schema = NODES.objectNode().put("type", "string");
    ArrayNode all = schema.putArray("enum");
    StringBuilder text = new StringBuilder(comments.of(type).orElse(""));
    for (Object value : type.getEnumConstants()) {
      all.add(value.toString());
      comments
          .of((Enum<?>) value)
          .ifPresent(about -> text.append("\n\n`%s`: %s".formatted(value, about)));
    }
    schema.put("description", text.toString().strip());
    add(nameOf(type), schema);
    return reference(nameOf(type));
  }

  /// `Page<MessageView>` is a `MessagePage`.
  private ObjectNode generic(ParameterizedType type, Class<?> raw, Side side) {
    Type argument = type.getActualTypeArguments()[0];
    if (argument instanceof WildcardType || !(argument instanceof Class<?> plain)) {
      throw new IllegalStateException(type + " needs an @Answers with the name of a shape");
    }
    String variable = raw.getTypeParameters()[0].getName();
    String name = nameOf(plain) + nameOf(raw);
    return reference(raw, name, Map.of(variable, plain), side);
  }

  private ObjectNode reference(
      Class<?> record, String name, Map<String, Type> variables, Side side) {
    add(name, object(record, name, variables, side));
    return reference(name);
  }

  /// The schema of a record itself.
  ObjectNode object(Class<?> record, String name, Map<String, Type> variables, Side side) {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    comments.of(record).ifPresent(text -> schema.put("description", text));
    ArrayNode required = NODES.arrayNode();
    ObjectNode properties = NODES.objectNode();
    for (RecordComponent component : record.getRecordComponents()) {
      Shape shape = component.getAnnotation(Shape.class);
      String field = fieldOf(component);
      ObjectNode value = of(component.getGenericType(), shape, variables, side);
      boolean isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      boolean isAbsent = isAbsent(record, isNullable, shape, side);
      if ((isNullable && !isAbsent && side == Side.SERVER)
          || component.getType() == JsonNode.class) {
        value = Values.nullable(value);
      }
      if (!isAbsent) {
        required.add(field);
      }
      String about =
          words
              .own(name, field)
              .or(() -> comments.component(record, component.getName()).map(Values::sentence))
              .or(() -> words.about(name, field))
              .orElse("");
      properties.set(field, Values.described(value, about));
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
    Shape shape = record.getAnnotation(Shape.class);
    if (shape != null && shape.either().length > 0) {
      ArrayNode either = schema.putArray("oneOf");
      for (String one : shape.either()) {
        either.addObject().putArray("required").add(one);
      }
    }
    return schema;
  }

  private static boolean isAbsent(
      Class<?> record, boolean isNullable, @Nullable Shape shape, Side side) {
    if (shape != null && (shape.optional() || shape.required())) {
      return shape.optional();
    }
    JsonInclude include = record.getAnnotation(JsonInclude.class);
    boolean leavesOut = include != null && include.value() == JsonInclude.Include.NON_NULL;
    return isNullable && (side == Side.CLIENT || leavesOut);
  }

  private static String fieldOf(RecordComponent component) {
    return Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
        .map(JsonProperty::value)
        .filter(name -> !name.isEmpty())
        .orElse(component.getName());
  }

  /// What a type is called in the documents.
  static String nameOf(Class<?> type) {
    Shape shape = type.getAnnotation(Shape.class);
    if (shape != null && !shape.name().isEmpty()) {
      return shape.name();
    }
    return type.getSimpleName().replaceFirst("View$", "");
  }
}
