package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HintsTest {
  private static final List<Hint> EVERY_KIND =
      List.of(
          new Hint.Change(
              7,
              List.of(
                  new ClientEvent(
                      "new-message",
                      ClientEvent.Reach.JOINED_ELSE_NOTIFIED,
                      "u1",
                      "u2",
                      new ClientEvent.Origin("u1", "mine", true),
                      RawJson.of("{\"content\":\"é😀\", \"n\":1.0}")),
                  ClientEvent.of("next", ClientEvent.Reach.JOINED, RawJson.of("{}"))),
              List.of(new Hint.Membership("u3", false), new Hint.Membership("u4", true)),
              new Hint.Follow("c9", 3)),
          new Hint.State(
              0, List.of(ClientEvent.of("typing", ClientEvent.Reach.SELF, RawJson.of("[]")))),
          Hint.Change.silent(8));

  private final Hints hints = new Hints(new Json());

  @Test
  void readsWhatItWrote() {
    assertThat(hints.read(hints.write(EVERY_KIND))).isEqualTo(EVERY_KIND);
    assertThat(hints.read(hints.write(List.of()))).isEmpty();
  }

  @Test
  void takesPayloadsUnread() {
    Hint odd =
        new Hint.State(
            1, List.of(ClientEvent.of("e", ClientEvent.Reach.JOINED, RawJson.of("not json"))));
    assertThat(hints.read(hints.write(List.of(odd)))).containsExactly(odd);
  }

  @Test
  void refusesWhatIsCutOffAnywhere() {
    Buffer whole = hints.write(EVERY_KIND);
    for (int length = 0; length < whole.length(); length++) {
      Buffer cut = whole.getBuffer(0, length);
      assertThatThrownBy(() -> hints.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesForeignBytesAndNegativeLengths() {
    for (Buffer foreign :
        List.of(
            Buffer.buffer().appendInt(-1),
            Buffer.buffer().appendInt(Integer.MAX_VALUE).appendString("{}"),
            Buffer.buffer().appendInt(2).appendString("{}"),
            Buffer.buffer().appendInt(4).appendString("[{}]"))) {
      assertThatThrownBy(() -> hints.read(foreign)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
