package io.chatterbox.gateway.typing;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.FeedGate.Passage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypistsTest {
  private static final Key KEY = Key.conversation("c1");

  private final HandHub hub = new HandHub();
  private final List<String> ended = new ArrayList<>();
  private final Typists typists =
      new Typists(hub, hub, (_, userId, _) -> ended.add(userId), new Settings());

  private record Settings(Duration lasts, Duration every) implements GatewayConfig.Typing {
    Settings() {
      this(Duration.ofSeconds(6), Duration.ofSeconds(2));
    }
  }

  private static RawJson json(String text) {
    return RawJson.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private boolean isPassedOn(String event, String userId) {
    RawJson payload = json("{\"userId\":\"" + userId + "\"}");
    ClientEvent state =
        new ClientEvent(event, ClientEvent.Reach.JOINED, null, userId, null, payload);
    return typists.state(KEY, state).orElseThrow() instanceof Passage.As;
  }

  private void message(String userId) {
    typists.change(
        KEY,
        ClientEvent.of(
            "new-message",
            ClientEvent.Reach.JOINED,
            json("{\"sender\":{\"_id\":\"" + userId + "\"}}")));
  }

  @Test
  void typingIsPassedOnAtMostEveryTwoSeconds() {
    assertThat(isPassedOn("user-typing", "ann")).isTrue();
    hub.pass(500);
    assertThat(isPassedOn("user-typing", "ann")).isFalse();
    hub.pass(1_500);
    assertThat(isPassedOn("user-typing", "ann")).isTrue();
  }

  @Test
  void typingEndsOnceAfterSixSecondsOfSilence() {
    isPassedOn("user-typing", "ann");
    hub.pass(5_999);
    assertThat(ended).isEmpty();
    hub.pass(60_000);
    assertThat(ended).containsExactly("ann");
  }

  @Test
  void repeatingProlongsItAlsoWhenItIsNotPassedOn() {
    isPassedOn("user-typing", "ann");
    hub.pass(1_000);
    assertThat(isPassedOn("user-typing", "ann")).isFalse();
    hub.pass(5_999);
    assertThat(ended).isEmpty();
    hub.pass(1);
    assertThat(ended).containsExactly("ann");
  }

  @Test
  void aMessageOfThatUserEndsItAndNobodyElses() {
    isPassedOn("user-typing", "ann");
    isPassedOn("user-typing", "bob");
    message("ann");
    assertThat(ended).containsExactly("ann");
    assertThat(typists.isTyping(KEY, "bob")).isTrue();
  }

  @Test
  void whoIsRemovedTypesNoMore() {
    isPassedOn("user-typing", "ann");
    isPassedOn("user-typing", "bob");
    changed("participant-added", "bob");
    assertThat(ended).isEmpty();
    changed("participant-removed", "ann");
    assertThat(ended).containsExactly("ann");
    hub.pass(60_000);
    assertThat(ended).containsExactly("ann", "bob");
  }

  private void changed(String change, String userId) {
    typists.change(
        KEY,
        ClientEvent.of(
            "conversation-updated",
            ClientEvent.Reach.SELF,
            json("{\"change\":\"" + change + "\",\"user\":{\"_id\":\"" + userId + "\"}}")));
  }

  @Test
  void stoppingWithoutTypingIsSilent() {
    assertThat(isPassedOn("user-stop-typing", "ann")).isFalse();
    isPassedOn("user-typing", "ann");
    assertThat(isPassedOn("user-stop-typing", "ann")).isTrue();
    assertThat(isPassedOn("user-stop-typing", "ann")).isFalse();
  }

  @Test
  void afterAStopItIsToldAtOnceAgain() {
    isPassedOn("user-typing", "ann");
    isPassedOn("user-stop-typing", "ann");
    assertThat(isPassedOn("user-typing", "ann")).isTrue();
    hub.pass(6_000);
    assertThat(ended).containsExactly("ann");
  }

  @Test
  void whoeverHearsNothingAnyMoreIsToldNothing() {
    isPassedOn("user-typing", "ann");
    typists.closed(KEY);
    hub.pass(60_000);
    assertThat(ended).isEmpty();
  }
}
