package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final Caller ADA = new Caller("u1", "ada", "s", "");
  private final Json json = new Json();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":1}",
        "{\"text\":1.5}",
        "{\"text\":true}",
        "{\"text\":[\"a\"]}",
        "{\"text\":{}}",
        "{\"number\":\"1\"}",
        "{\"number\":1.0}",
        "{\"number\":1.5}",
        "{\"number\":true}",
        "{\"number\":\"\"}",
        "{\"number\":99999999999999999999}",
        "{\"flag\":1}",
        "{\"flag\":\"true\"}",
        "{\"list\":\"a\"}",
        "{\"list\":[1]}",
        "{\"list\":{}}",
        "{\"list\":\"\"}",
        "{\"choice\":0}",
        "{\"choice\":\"UP\"}",
        "{\"choice\":\"\"}",
        "{\"at\":1}",
        "{\"at\":\"yesterday\"}",
        "{\"part\":\"\"}",
        "{\"part\":[]}",
        "{\"part\":{\"size\":\"3\"}}",
        "{\"text\":\"a\",\"text\":\"a\"}",
        "{\"part\":{\"size\":1,\"size\":1}}",
        "{\"ignored\":{\"a\":1,\"a\":1}}",
        "{\"text\":\"a\"} {}",
        "{\"text\":\"a\"",
        "{'text':\"a\"}",
        "{\"text\":NaN}",
        "[]",
        "\"text\"",
        "\"\"",
        "1",
        "nul",
      })
  void refusesWhatIsNotOfTheFieldsType(String body) {
    refused(() -> json.read(RawJson.of(body), Sample.class), ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void refusesMalformedUtf8() {
    byte[] body = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xC3, '"', '}'};
    refused(() -> json.read(RawJson.of(body), Sample.class), ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void tellsNothingOfTheInsideAndNothingOfTheInput() {
    assertThatThrownBy(() -> json.read(RawJson.of("{\"list\":\"secret\"}"), Sample.class))
        .hasMessage("list is missing or of the wrong type.");
    assertThatThrownBy(() -> json.read(RawJson.of("{secret"), Sample.class))
        .hasMessage("The payload is not well-formed JSON, or repeats a field.");
  }

  @Test
  void readsEveryFieldAndIgnoresUnknownOnes() {
    assertThat(
            json.read(
                RawJson.of(
                    """
                    {"text":"é😀","number":7,"flag":true,"list":["a",""],"choice":"up","x":{},
                    "at":"2026-01-02T03:04:05.678Z","part":{"size":3}}\
                    """),
                Sample.class))
        .isEqualTo(
            new Sample(
                "é😀",
                7L,
                true,
                List.of("a", ""),
                Choice.up,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new Part(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", " null\n", "{}"})
  void readsAnAbsentBodyAsAnEmptyObject(String body) {
    assertThat(json.read(RawJson.of(body), Sample.class))
        .isEqualTo(new Sample(null, null, null, null, null, null, null));
  }

  @Test
  void countsNullAsAbsent() {
    assertThat(json.read(RawJson.of("{\"text\":null,\"list\":null}"), Sample.class).text())
        .isNull();
  }

  @Test
  void refusesAMissingPrimitive() {
    refused(() -> json.read(RawJson.of("{}"), Part.class), ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void passesTheRefusalOfARecordsConstructorOn() {
    assertThatThrownBy(() ->
            json.read(
                RawJson.of("{\"conversationId\":\"c\",\"content\":\" \"}"),
                ChatCommand.SendMessage.class))
        .isInstanceOf(Refusal.class)
        .hasMessage("content must not be empty.");
  }

  @Test
  void writesInstantsWithThreeFractionDigits() {
    assertThat(json.write(Map.of("at", Instant.parse("2026-01-02T03:04:05Z"))).text())
        .isEqualTo("{\"at\":\"2026-01-02T03:04:05.000Z\"}");
    assertThat(json.write(List.of(Instant.parse("2026-01-02T03:04:05.123999Z"))).text())
        .isEqualTo("[\"2026-01-02T03:04:05.123Z\"]");
  }

  @Test
  void leavesNestedJsonAsItIs() {
    for (String inner :
        List.of("{\"a\": 1.50, \"ü\":[ ]}", "\"x\\u0041\"", "12.0", "true", "null", "[]")) {
      RawJson outer = json.write(new Outer(RawJson.of(inner), "t"));
      assertThat(outer.text()).isEqualTo("{\"inner\":" + inner + ",\"text\":\"t\"}");
      if (!inner.equals("null")) {
        assertThat(json.read(outer, Outer.class)).isEqualTo(new Outer(RawJson.of(inner), "t"));
      }
    }
  }

  @Test
  void omitsWhatIsAbsentInAFailure() {
    assertThat(json.write(new Failure(ErrorCode.NOT_FOUND, "No.", null)).text())
        .isEqualTo("{\"code\":\"NOT_FOUND\",\"message\":\"No.\"}");
  }

  @Test
  void readsACommandByItsEventName() {
    assertThat(json.command(pending(Key.conversation("c"), "follow", "{\"conversationId\":\"c\"}")))
        .isEqualTo(new ChatCommand.Follow("c"));
    refused(
        () -> json.command(pending(Key.conversation("c"), "nonsense", "{}")),
        ErrorCode.UNKNOWN_EVENT);
  }

  @Test
  void refusesABodyThatIsAboutAnotherKeyThanItsEntry() {
    String body = "{\"conversationId\":\"c\"}";
    for (Key other : List.of(Key.conversation("d"), Key.room("c"), Key.conversation(""))) {
      refused(() -> json.command(pending(other, "follow", body)), ErrorCode.VALIDATION_ERROR);
    }
  }

  @Test
  void takesTheCallerAsKeyWhereTheBodyNamesNone() {
    String body = "{\"status\":\"busy\"}";
    assertThat(json.command(pending(Key.user("u1"), "update-status", body)))
        .isEqualTo(new PresenceCommand.UpdateStatus(PresenceCommand.Settable.busy));
    refused(
        () -> json.command(pending(Key.user("u2"), "update-status", body)),
        ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void takesPartitionCommandsForTheirPartitionOrForTheKeyTheySpellOut() {
    assertThat(json.command(pending(Key.partition(3), "check-heads", "{\"heads\":[]}")))
        .isEqualTo(new ChatCommand.CheckHeads(List.of()));
    refused(
        () -> json.command(pending(Key.room("r"), "check-heads", "{\"heads\":[]}")),
        ErrorCode.VALIDATION_ERROR);
    String readLog = "{\"key\":\"room:r\",\"after\":1,\"limit\":2}";
    assertThat(json.command(pending(Key.room("r"), "read-log", readLog)))
        .isEqualTo(new ChatCommand.ReadLog("room:r", 1, 2));
    refused(
        () -> json.command(pending(Key.room("x"), "read-log", readLog)),
        ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void refusesAMissingListOfAnInternalCommand() {
    refused(
        () -> json.command(pending(Key.partition(3), "check-heads", "{}")),
        ErrorCode.VALIDATION_ERROR);
  }

  private static PendingCommand pending(Key key, String event, String body) {
    return new PendingCommand(key, ADA, "id", event, RawJson.of(body));
  }

  private static void refused(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  enum Choice {
    up,
    down
  }

  record Part(int size) {}

  record Outer(RawJson inner, String text) {}

  record Sample(
      @Nullable String text,
      @Nullable Long number,
      @Nullable Boolean flag,
      @Nullable List<String> list,
      @Nullable Choice choice,
      @Nullable Instant at,
      @Nullable Part part) {}
}
