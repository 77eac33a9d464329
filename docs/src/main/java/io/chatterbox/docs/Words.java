package io.chatterbox.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/// What fields are called everywhere, and an example of each: `words.yaml`. `Shape.field` is looked
/// for before `field`.
final class Words {
  private final JsonNode fields;
  private final JsonNode events;
  private final JsonNode texts;
  private final JsonNode paths;

  Words() {
    try (InputStream file =
        Objects.requireNonNull(Words.class.getResourceAsStream("words.yaml"), "words.yaml")) {
      JsonNode all = new YAMLMapper().readTree(file);
      this.fields = all.path("fields");
      this.events = all.path("events");
      this.texts = all.path("texts");
      this.paths = all.path("paths");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the field of one shape means, if that is said of it alone.
  Optional<String> own(String shape, String field) {
    return Optional.of(fields.path(shape + "." + field).path(0).asText()).filter(t -> !t.isEmpty());
  }

  /// What a field means.
  Optional<String> about(String shape, String field) {
    return entry(shape, field).map(entry -> entry.path(0).asText()).filter(t -> !t.isEmpty());
  }

  /// What it may look like.
  Optional<JsonNode> example(String shape, String field) {
    return entry(shape, field).filter(entry -> entry.has(1)).map(entry -> entry.get(1));
  }

  /// What an event is for.
  String event(String name) {
    JsonNode text = events.path(name);
    if (!text.isTextual()) {
      throw new IllegalStateException("words.yaml does not say what the event " + name + " is for");
    }
    return text.textValue();
  }

  /// A text as a whole.
  String text(String name) {
    JsonNode text = texts.path(name);
    if (!text.isTextual()) {
      throw new IllegalStateException("words.yaml has no text " + name);
    }
    return text.textValue().strip();
  }

  /// The calls that a gateway answers itself, as they stand in the document.
  JsonNode paths() {
    return paths;
  }

  private Optional<JsonNode> entry(String shape, String field) {
    JsonNode own = fields.path(shape + "." + field);
    JsonNode found = own.isMissingNode() ? fields.path(field) : own;
    return found.isMissingNode() ? Optional.empty() : Optional.of(found);
  }
}
