package io.chatterbox.bus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.chatterbox.contract.Command;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one way in which JSON is read and written between clients and services.
///
/// Reading is strict: a value of another JSON type than the field's is refused and never converted,
/// and so is a field that is there twice. Unknown fields are ignored, `null` counts as absent.
/// Instants are ISO-8601 in UTC with exactly three fraction digits.
@Singleton
public final class Json {
  private static final byte[] EMPTY_OBJECT = {'{', '}'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final ObjectMapper mapper = strictMapper();
  private final Commands commands = Commands.all();

  public Json() {}

  /// Writes a record, a list, a map; a [RawJson] within it stands there as it is.
  public RawJson write(Object value) {
    try {
      return RawJson.of(mapper.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /// Reads a body; an absent one and `null` are read as `{}`.
  ///
  /// @throws Refusal `VALIDATION_ERROR` for anything that is not a `T`, or the refusal that the
  ///   record's constructor threw
  public <T> T read(RawJson json, Class<T> type) {
    byte[] bytes = json.bytes();
    try {
      T value = mapper.readValue(isAbsent(bytes) ? EMPTY_OBJECT : bytes, type);
      if (value == null) {
        throw Refusal.invalid("The payload must be an object.");
      }
      return value;
    } catch (JacksonException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The mapper itself, for frameworks that want one.
  public ObjectMapper mapper() {
    return mapper.copy();
  }

  /// Reads the record of a command and makes sure that it is about the key of its entry.
  ///
  /// @throws Refusal `UNKNOWN_EVENT` when there is no such command, else as [#read]
  public Record command(PendingCommand command) {
    Commands.Route route =
        commands
            .find(command.event())
            .orElseThrow(() -> new Refusal(ErrorCode.UNKNOWN_EVENT, "There is no such event."));
    Record body = read(command.body(), route.type());
    if (!agrees(command, route.about(), body)) {
      throw Refusal.invalid(
          route.about().key().isEmpty()
              ? "The command is not about its caller."
              : route.about().key() + " is not what the command was sent for.");
    }
    return body;
  }

  private static boolean agrees(PendingCommand command, Command about, Record body) {
    Key key = command.key();
    if (about.kind() == Key.Kind.PARTITION) {
      // either about the whole partition, or about any key that the field spells out
      return about.key().isEmpty()
          ? key.kind() == Key.Kind.PARTITION
          : key.text().equals(field(body, about.key()));
    }
    String named = about.key().isEmpty() ? command.caller().userId() : field(body, about.key());
    return key.kind() == about.kind() && key.id().equals(named);
  }

  private static @Nullable String field(Record body, String name) {
    for (RecordComponent component : body.getClass().getRecordComponents()) {
      if (component.getName().equals(name)) {
        try {
          return Objects.toString(component.getAccessor().invoke(body), null);
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new IllegalStateException("the record of a command is not readable", e);
        }
      }
    }
    throw new IllegalStateException(body.getClass() + " has no field " + name);
  }

  private static boolean isAbsent(byte[] bytes) {
    int start = 0;
    int end = bytes.length;
    while (start < end && isSpace(bytes[start])) {
      start++;
    }
    while (end > start && isSpace(bytes[end - 1])) {
      end--;
    }
    return start == end || Arrays.equals(bytes, start, end, NULL, 0, NULL.length);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /// The sentence names a field of ours, never what the client sent nor a class.
  private static Refusal refusal(JacksonException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refused) {
        return refused;
      }
    }
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference reference : mapping.getPath()) {
        if (reference.getFieldName() != null) {
          return Refusal.invalid(reference.getFieldName() + " is missing or of the wrong type.");
        }
      }
      return Refusal.invalid("The payload is of the wrong type.");
    }
    return Refusal.invalid("The payload is not well-formed JSON, or repeats a field.");
  }

  private static ObjectMapper strictMapper() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Instant.class, new InstantJson.Writer());
    module.addDeserializer(Instant.class, new InstantJson.Reader());
    module.addSerializer(RawJson.class, new NestedJson.Writer());
    module.addDeserializer(RawJson.class, new NestedJson.Reader());
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(module)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // lets a nested value be cut out of the source; errors are never shown
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(JsonParser.Feature.ALLOW_COMMENTS)
            .withCoercionConfigDefaults(config -> {
              for (CoercionInputShape shape : CoercionInputShape.values()) {
                config.setCoercion(shape, CoercionAction.Fail);
              }
            })
            .withCoercionConfig(
                LogicalType.Textual,
                config -> {
                  for (CoercionInputShape shape : CoercionInputShape.values()) {
                    config.setCoercion(shape, CoercionAction.Fail);
                  }
                  config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert);
                });
    return builder.build();
  }
}
