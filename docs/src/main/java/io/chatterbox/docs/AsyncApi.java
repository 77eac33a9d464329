package io.chatterbox.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Told;
import io.chatterbox.docs.Schemas.Side;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The AsyncAPI 3 document of all socket events, as the server sees them: it receives client events
/// and replies with acknowledgements, and sends server events.
final class AsyncApi {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String CHANNEL = "namespace";
  private static final String NEVER_KEYS = "[^A-Za-z0-9_.-]";
  private static final List<ErrorCode> ALWAYS =
      List.of(
          ErrorCode.VALIDATION_ERROR,
          ErrorCode.UNAUTHORIZED,
          ErrorCode.RATE_LIMITED,
          ErrorCode.UNAVAILABLE,
          ErrorCode.SERVER_ERROR);

  private final Records records;
  private final Words words;
  private final Comments comments;
  private final Schemas schemas;
  private final ObjectNode operations = NODES.objectNode();
  private final Map<String, String> descriptions = new TreeMap<>();
  private final Map<String, ObjectNode> messages = new TreeMap<>();

  AsyncApi(Records records, Words words, Comments comments) {
    this.records = records;
    this.words = words;
    this.comments = comments;
    this.schemas = new Schemas(comments, words);
  }

  /// The client events, with the record of each one's payload.
  private Map<String, Class<?>> asked() {
    Map<String, Class<?>> asked = new TreeMap<>();
    records.asked().forEach((event, types) -> asked.put(event, types.getFirst()));
    for (Commands.Route route : Commands.all().routes()) {
      if (!route.about().internal()) {
        asked.put(route.about().event(), route.type());
      }
    }
    return asked;
  }

  ObjectNode document(String version) {
    schemas.add("Failed", failed());
    Map<String, List<Class<?>>> acknowledgements = records.acknowledgements();
    asked().forEach((event, payload) -> receives(event, payload, acknowledgements));
    records.told().forEach(this::sends);
    schemas.resolve(records::named, operations);
    descriptions.forEach(
        (name, text) -> Objects.requireNonNull(schemas.named().get(name)).put("description", text));
    Examples examples = new Examples(words, schemas.named());
    messages.forEach((key, message) ->
        message
            .putArray("examples")
            .addObject()
            .set("payload", examples.of(message.get("name").textValue(), message.get("payload"))));
    return whole(version);
  }

  private void receives(
      String event, Class<?> payload, Map<String, List<Class<?>>> acknowledgements) {
    String key = key(event);
    message(key, event, schemas.reference(payload, Side.CLIENT));
    said(payload, event);
    String answer = answer(event, acknowledgements.getOrDefault(event, List.of()));
    ObjectNode told = NODES.objectNode();
    told.putArray("anyOf").add(Schemas.reference(answer)).add(Schemas.reference("Failed"));
    ObjectNode reply = message(key + ".answer", event, told);
    reply.put("title", "Acknowledgement of " + event);
    reply.put("summary", words.text("acknowledgement"));
    ObjectNode operation = operation("receive", key, event);
    Set<ErrorCode> codes = refusals(payload);
    operation.put(
        "description",
        codes.stream()
            .map(code -> "`" + code + "`")
            .collect(Collectors.joining(", ", "May be refused with ", ".")));
    ArrayNode listed = operation.putArray("x-error-codes");
    codes.forEach(code -> listed.add(code.name()));
    ObjectNode replied = operation.putObject("reply");
    replied.putObject("channel").put("$ref", "#/channels/" + CHANNEL);
    replied.putArray("messages").add(inChannel(key + ".answer"));
  }

  /// A comment that begins with the event's name, or is not there, says less than the event's
  /// words.
  private void said(Class<?> payload, String event) {
    boolean isSaid = comments.of(payload).filter(text -> !text.startsWith("`")).isPresent();
    if (!isSaid || !payload.isAnnotationPresent(Told.class)) {
      descriptions.putIfAbsent(Schemas.nameOf(payload), words.event(event));
    }
  }

  private static Set<ErrorCode> refusals(Class<?> payload) {
    Set<ErrorCode> codes = EnumSet.copyOf(ALWAYS);
    Refuses refuses = payload.getAnnotation(Refuses.class);
    if (refuses != null) {
      codes.addAll(Arrays.asList(refuses.value()));
    }
    return codes;
  }

  private void sends(String event, List<Class<?>> payloads) {
    String key = key(event);
    List<ObjectNode> all =
        payloads.stream().map(type -> schemas.reference(type, Side.SERVER)).toList();
    ObjectNode payload = all.getFirst();
    if (all.size() > 1) {
      ObjectNode any = NODES.objectNode();
      any.putArray("anyOf").addAll(all);
      schemas.add(pascal(event), any);
      payload = Schemas.reference(pascal(event));
    }
    payloads.forEach(type -> said(type, event));
    message(key, event, payload);
    operation("send", key, event);
  }

  /// What an event is acknowledged with when it succeeds.
  private String answer(String event, List<Class<?>> types) {
    String name = types.isEmpty() ? "Done" : Schemas.nameOf(types.getFirst());
    String whole = name.endsWith("Answer") ? name : name + "Answer";
    for (Class<?> type : types) {
      ObjectNode added = schemas.object(type, name, Map.of(), Side.SERVER);
      ObjectNode schema = NODES.objectNode().put("type", "object");
      schema.put("description", "What `" + event + "` is acknowledged with.");
      ArrayNode required = schema.putArray("required").add("success");
      added.path("required").forEach(required::add);
      schema.putObject("properties").set("success", success(true));
      schema.withObjectProperty("properties").setAll(added.withObjectProperty("properties"));
      if (schemas.named().containsKey(whole)) {
        schema.set("description", schemas.named().get(whole).get("description"));
      }
      schemas.add(whole, schema);
    }
    if (types.isEmpty()) {
      ObjectNode schema = NODES.objectNode().put("type", "object");
      schema.put("description", words.text("done"));
      schema.putArray("required").add("success");
      schema.putObject("properties").set("success", success(true));
      schemas.add(whole, schema);
    }
    return whole;
  }

  private ObjectNode failed() {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    schema.put("description", words.text("failed"));
    schema.putArray("required").add("success").add("error");
    ObjectNode properties = schema.putObject("properties");
    properties.set("success", success(false));
    properties.set("error", schemas.reference(Failure.class, Side.SERVER));
    return schema;
  }

  private static ObjectNode success(boolean value) {
    return NODES.objectNode().put("type", "boolean").put("const", value);
  }

  private ObjectNode message(String key, String event, ObjectNode payload) {
    ObjectNode message = NODES.objectNode().put("name", event).put("title", event);
    message.put("summary", words.event(event));
    message.put("contentType", "application/json");
    message.set("payload", payload);
    messages.put(key, message);
    return message;
  }

  private ObjectNode operation(String action, String key, String event) {
    ObjectNode operation = operations.putObject(key).put("action", action);
    operation.put("title", event).put("summary", words.event(event));
    operation.putObject("channel").put("$ref", "#/channels/" + CHANNEL);
    operation.putArray("messages").add(inChannel(key));
    return operation;
  }

  private static ObjectNode inChannel(String key) {
    return NODES.objectNode().put("$ref", "#/channels/" + CHANNEL + "/messages/" + key);
  }

  private ObjectNode whole(String version) {
    ObjectNode document = NODES.objectNode().put("asyncapi", "3.0.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "ChatterBox events").put("version", version);
    info.put("description", words.text("async"));
    info.putObject("license").put("name", "Apache-2.0");
    document.put("defaultContentType", "application/json");
    ObjectNode server = document.putObject("servers").putObject("local");
    server.put("host", "localhost:3000").put("pathname", "/socket.io/").put("protocol", "ws");
    server.put("protocolVersion", "Socket.IO 5, Engine.IO 4");
    server.put("description", words.text("server"));
    server.putArray("security").addObject().put("$ref", "#/components/securitySchemes/token");
    ObjectNode channel = document.putObject("channels").putObject(CHANNEL);
    channel.put("address", "/").put("title", "The default namespace");
    channel.put("description", words.text("namespace"));
    ObjectNode listed = channel.putObject("messages");
    messages
        .keySet()
        .forEach(key -> listed.putObject(key).put("$ref", "#/components/messages/" + key));
    document.set("operations", operations);
    ObjectNode components = document.putObject("components");
    components.putObject("messages").setAll(messages);
    components.putObject("schemas").setAll(schemas.named());
    ObjectNode token = components.putObject("securitySchemes").putObject("token");
    token.put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
    token.put("description", words.text("token"));
    return document;
  }

  /// The name under which an event stands in the document, which takes no colons.
  static String key(String event) {
    return event.replaceAll(NEVER_KEYS, ".");
  }

  static String pascal(String event) {
    return Arrays.stream(event.split(NEVER_KEYS + "|-"))
        .map(part -> part.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining());
  }
}
