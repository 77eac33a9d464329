package io.chatterbox.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chatterbox.contract.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// With what REST calls are refused: a response for each set of codes that have one status.
final class Refusals {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Words words;
  private final Map<String, ObjectNode> responses = new TreeMap<>();

  Refusals(Words words) {
    this.words = words;
  }

  /// All that were named so far, by their names.
  Map<String, ObjectNode> responses() {
    return responses;
  }

  /// Adds what a call may be refused with to its responses.
  void into(
      ObjectNode into, Calls.Call call, boolean isOpen, boolean hasBody, boolean hasParameters) {
    Set<ErrorCode> codes = call.refusals();
    if (!isOpen) {
      codes.addAll(EnumSet.of(ErrorCode.UNAUTHORIZED, ErrorCode.TOKEN_EXPIRED));
    }
    if (call.path().startsWith("/api/")) {
      codes.addAll(
          EnumSet.of(ErrorCode.RATE_LIMITED, ErrorCode.UNAVAILABLE, ErrorCode.SERVER_ERROR));
    }
    if (hasBody) {
      codes.addAll(
          EnumSet.of(
              ErrorCode.VALIDATION_ERROR,
              ErrorCode.PAYLOAD_TOO_LARGE,
              ErrorCode.UNSUPPORTED_MEDIA_TYPE));
    } else if (hasParameters) {
      codes.add(ErrorCode.VALIDATION_ERROR);
    }
    codes.stream()
        .collect(Collectors.groupingBy(ErrorCode::status, TreeMap::new, Collectors.toList()))
        .forEach((code, all) -> into.putObject(String.valueOf(code)).put("$ref", failure(all)));
  }

  /// The answer to what is refused with one of these codes, which have one status.
  private String failure(List<ErrorCode> codes) {
    String name =
        codes.stream()
            .map(code -> AsyncApi.pascal(code.name().toLowerCase(Locale.ROOT).replace('_', '-')))
            .collect(Collectors.joining("Or"));
    ObjectNode response = NODES.objectNode();
    String all = codes.stream().map(code -> "`" + code + "`").collect(Collectors.joining(" or "));
    response.put("description", all + ".");
    if (codes.contains(ErrorCode.RATE_LIMITED)) {
      ObjectNode header = response.putObject("headers").putObject("Retry-After");
      header.put("description", words.text("retry-after"));
      header.putObject("schema").put("type", "integer").put("minimum", 0);
    }
    ObjectNode schema =
        response
            .putObject("content")
            .putObject("application/json")
            .putObject("schema")
            .put("type", "object");
    schema.putArray("required").add("success").add("error");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("success").put("type", "boolean").put("const", false);
    ObjectNode error = properties.putObject("error").put("type", "object");
    error.putArray("required").add("code").add("message");
    ObjectNode fields = error.putObject("properties");
    ArrayNode choice = fields.putObject("code").put("type", "string").putArray("enum");
    codes.forEach(code -> choice.add(code.name()));
    fields.putObject("message").put("type", "string").put("description", words.text("people"));
    ObjectNode details = fields.putObject("details").put("type", "object");
    details.put("description", words.text("details"));
    details.putObject("properties").putObject("retryAfterMs").put("type", "integer");
    responses.put(name, response);
    return "#/components/responses/" + name;
  }
}
