package io.chatterbox.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.docs.Schemas.Side;
import io.chatterbox.rest.Answer;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// The OpenAPI 3.1 document of all REST calls that clients may make.
final class OpenApi {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String JSON = "application/json";
  private static final String DESCRIPTION = "description";
  private static final String SCHEMA = "schema";

  private final Records records;
  private final Words words;
  private final Comments comments;
  private final Schemas schemas;
  private final Calls calls = new Calls();
  private final Refusals refusals;

  OpenApi(Records records, Words words, Comments comments) {
    this.records = records;
    this.words = words;
    this.comments = comments;
    this.schemas = new Schemas(comments, words);
    this.refusals = new Refusals(words);
  }

  ObjectNode document(String version) {
    ObjectNode paths = NODES.objectNode();
    for (Calls.Call call : Calls.of(records.resources())) {
      paths
          .withObjectProperty(call.path())
          .set(call.verb().toLowerCase(Locale.ROOT), operation(call));
    }
    paths.setAll((ObjectNode) words.paths());
    schemas.resolve(records::named, paths);
    Examples examples = new Examples(words, schemas.named());
    paths.forEach(path -> path.forEach(operation -> examples.into((ObjectNode) operation)));
    return whole(version, paths);
  }

  private ObjectNode operation(Calls.Call call) {
    Class<?> resource = call.method().getDeclaringClass();
    String text =
        comments
            .of(resource, call.method().getName())
            .orElseThrow(() -> new IllegalStateException(call + " has no comment"));
    ObjectNode operation = NODES.objectNode();
    operation
        .putArray("tags")
        .add(words.text("tag." + call.area()).lines().findFirst().orElseThrow());
    operation.put("operationId", call.id());
    int end = text.indexOf(". ");
    operation.put("summary", (end < 0 ? text : text.substring(0, end)).replaceFirst("\\.$", ""));
    operation.put(DESCRIPTION, text);
    if (calls.isOpen(call)) {
      operation.putArray("security");
    } else if (calls.isSigned(call)) {
      ArrayNode either = operation.putArray("security");
      either.addObject().putArray("token");
      either.addObject().putArray("signature");
    }
    ArrayNode parameters = NODES.arrayNode();
    boolean hasBody = false;
    for (Parameter parameter : call.method().getParameters()) {
      if (parameter.isAnnotationPresent(RestForm.class)) {
        operation.set("requestBody", form(parameter));
        hasBody = true;
      } else if (parameter.getType().isRecord()) {
        operation.set("requestBody", body(parameter.getType()));
        hasBody = true;
      } else {
        parameter(call, parameter, parameters);
      }
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    operation.set("responses", responses(call, hasBody, !parameters.isEmpty()));
    return operation;
  }

  private ObjectNode body(Class<?> record) {
    ObjectNode body = NODES.objectNode().put("required", true);
    ObjectNode schema = schemas.reference(record, Side.CLIENT);
    body.putObject("content").putObject(JSON).set(SCHEMA, schema);
    return body;
  }

  private ObjectNode form(Parameter parameter) {
    String field = parameter.getAnnotation(RestForm.class).value();
    ObjectNode body = NODES.objectNode().put("required", true);
    ObjectNode schema =
        body.putObject("content").putObject("multipart/form-data").putObject(SCHEMA);
    schema.put("type", "object").putArray("required").add(field);
    ObjectNode file = schema.putObject("properties").putObject(field);
    file.put("type", "string").put("contentMediaType", "application/octet-stream");
    file.put(DESCRIPTION, words.about("", field).orElseThrow());
    return body;
  }

  private void parameter(Calls.Call call, Parameter parameter, ArrayNode into) {
    PathParam path = parameter.getAnnotation(PathParam.class);
    QueryParam query = parameter.getAnnotation(QueryParam.class);
    HeaderParam header = parameter.getAnnotation(HeaderParam.class);
    if (path != null) {
      into.add(parameter(call, path.value(), "path", parameter));
    } else if (query != null) {
      into.add(parameter(call, query.value(), "query", parameter));
    } else if (header != null) {
      into.add(parameter(call, header.value(), "header", parameter));
    }
  }

  private ObjectNode parameter(Calls.Call call, String name, String in, Parameter parameter) {
    Shape shape = parameter.getAnnotation(Shape.class);
    ObjectNode one = NODES.objectNode().put("name", name).put("in", in);
    one.put(
        DESCRIPTION,
        words
            .own(call.area(), name)
            .or(() -> words.own("parameter", name))
            .orElseThrow(() ->
                new IllegalStateException(
                    "words.yaml does not say what " + name + " of " + call.path() + " is")));
    one.put("required", in.equals("path") || (shape != null && shape.required()));
    boolean isNumber = name.equals("page") || name.equals("limit");
    if (isNumber) {
      one.putObject(SCHEMA).put("type", "integer").put("minimum", 1);
    } else {
      one.set(SCHEMA, schemas.of(String.class, shape, Map.of(), Side.CLIENT));
    }
    words
        .example(call.area(), name)
        .filter(example -> in.equals("path") && !example.asText().equals("absent"))
        .ifPresent(example -> one.set("example", example));
    return one;
  }

  private ObjectNode responses(Calls.Call call, boolean hasBody, boolean hasParameters) {
    ObjectNode responses = NODES.objectNode();
    Answers answers = call.method().getAnnotation(Answers.class);
    ObjectNode good = good(call, answers);
    int status = answers == null ? 200 : answers.status();
    responses.set(String.valueOf(status), good);
    if (answers != null && answers.orStatus() != 0) {
      responses.set(String.valueOf(answers.orStatus()), good.deepCopy());
    }
    if (call.path().endsWith("{part}")) {
      ObjectNode part = good.deepCopy().put(DESCRIPTION, words.text("partial"));
      responses.set("206", part);
      responses.putObject("416").put(DESCRIPTION, words.text("no-such-range"));
    }
    refusals.into(responses, call, calls.isOpen(call), hasBody, hasParameters);
    return responses;
  }

  private ObjectNode good(Calls.Call call, @Nullable Answers answers) {
    ObjectNode response = NODES.objectNode();
    if (answers != null && !answers.mediaType().isEmpty()) {
      response.put(DESCRIPTION, words.text("bytes"));
      response.putObject("content").putObject(answers.mediaType()).putObject(SCHEMA);
      return response;
    }
    response.put(DESCRIPTION, words.text("good"));
    response.putObject("content").putObject(JSON).set(SCHEMA, answer(call, answers));
    return response;
  }

  private ObjectNode answer(Calls.Call call, @Nullable Answers answers) {
    Type type = call.method().getGenericReturnType();
    if (answers != null && answers.bare()) {
      return schemas.of(type, null, Map.of(), Side.SERVER);
    }
    if (type == Answer.Done.class) {
      return message();
    }
    if (answers == null || answers.shape().isEmpty()) {
      if (!(type instanceof ParameterizedType data) || data.getRawType() != Answer.Data.class) {
        throw new IllegalStateException(call + " needs an @Answers");
      }
      return data(schemas.of(data.getActualTypeArguments()[0], null, Map.of(), Side.SERVER));
    }
    ObjectNode data = data(Schemas.reference(answers.shape()));
    if (!answers.orMessage()) {
      return data;
    }
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(data).add(message());
    return either;
  }

  private static ObjectNode data(ObjectNode schema) {
    ObjectNode envelope = NODES.objectNode().put("type", "object");
    envelope.putArray("required").add("success").add("data");
    ObjectNode properties = envelope.putObject("properties");
    properties.putObject("success").put("type", "boolean").put("const", true);
    properties.set("data", schema);
    return envelope;
  }

  private ObjectNode message() {
    ObjectNode envelope = NODES.objectNode().put("type", "object");
    envelope.put(DESCRIPTION, words.text("message"));
    envelope.putArray("required").add("success").add("message");
    ObjectNode properties = envelope.putObject("properties");
    properties.putObject("success").put("type", "boolean").put("const", true);
    properties.putObject("message").put("type", "string").put(DESCRIPTION, words.text("people"));
    schemas.add("Done", envelope);
    return Schemas.reference("Done");
  }

  private ObjectNode whole(String version, ObjectNode paths) {
    ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "ChatterBox REST").put("version", version);
    info.put(DESCRIPTION, words.text("rest"));
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    ObjectNode server = document.putArray("servers").addObject();
    server.put("url", "/").put(DESCRIPTION, words.text("gateway"));
    document.putArray("security").addObject().putArray("token");
    ArrayNode tags = document.putArray("tags");
    for (String area :
        List.of("auth", "users", "conversations", "rooms", "files", "search", "ai", "server")) {
      List<String> lines = words.text("tag." + area).lines().toList();
      tags.addObject().put("name", lines.getFirst()).put(DESCRIPTION, lines.getLast());
    }
    document.set("paths", paths);
    ObjectNode components = document.putObject("components");
    components.putObject("schemas").setAll(schemas.named());
    components.putObject("responses").setAll(refusals.responses());
    ObjectNode security = components.putObject("securitySchemes");
    ObjectNode token = security.putObject("token").put("type", "http").put("scheme", "bearer");
    token.put("bearerFormat", "JWT").put(DESCRIPTION, words.text("access-token"));
    ObjectNode signature = security.putObject("signature").put("type", "apiKey");
    signature.put("in", "query").put("name", "signature");
    signature.put(DESCRIPTION, words.text("signature"));
    return document;
  }
}
