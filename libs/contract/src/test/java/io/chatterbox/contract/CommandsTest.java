package io.chatterbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private final Commands commands = Commands.all();

  @Test
  void findsEveryCommandByItsEventName() {
    assertThat(commands.find("send-message").orElseThrow().type())
        .isEqualTo(ChatCommand.SendMessage.class);
    assertThat(commands.find("ai-stop").orElseThrow().service()).isEqualTo(Service.AI);
    assertThat(commands.find("nonsense")).isEmpty();
  }

  @Test
  void namesAKeyFieldThatTheRecordHas() {
    for (Commands.Route route : commands.routes()) {
      if (!route.about().key().isEmpty()) {
        assertThat(Arrays.stream(route.type().getRecordComponents()).map(c -> c.getName()))
            .as(route.about().event())
            .contains(route.about().key());
      }
    }
  }

  @Test
  void refusesContentOfUnicodeWhiteSpaceOnly() {
    assertThatThrownBy(() -> new ChatCommand.SendRoomMessage("general", "\u2003\u00a0\n", null))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.VALIDATION_ERROR));
  }

  @Test
  void trimsContentAndKeepsWhatIsWithin() {
    assertThat(new ChatCommand.SendRoomMessage("general", "\u3000a  b\u00a0", null).content())
        .isEqualTo("a  b");
  }

  @Test
  void refusesLoneSurrogatesAndTakesPairs() {
    assertThat(new ChatCommand.SendRoomMessage("general", "😀", null).content()).isEqualTo("😀");
    assertThatThrownBy(() -> new ChatCommand.SendRoomMessage("general", "a\ud83d", null))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new ChatCommand.SendRoomMessage("general", "\ude00a", null))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void refusesToMarkReadBothWaysOrNeither() {
    assertThatThrownBy(() -> new ChatCommand.MarkRead("c", null, null)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new ChatCommand.MarkRead("c", java.util.List.of("m"), 1L))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void keepsAllNamesOfAPartitionUnderOneHashTag() {
    Partition partition = Service.CHAT.partitionOf(Key.conversation("x"));
    String tag = "{chat:" + partition.index() + "}";
    assertThat(partition.commands()).startsWith(tag);
    assertThat(partition.channel(Key.conversation("x"))).startsWith(tag);
    assertThat(partition.key("online:u")).startsWith(tag);
  }

  @Test
  void writesAndReadsKeysOfAnyText() {
    Key key = Key.conversation("a:b:{c}");
    assertThat(Key.parse(key.text())).isEqualTo(key);
    assertThatThrownBy(() -> Key.parse("nothing")).isInstanceOf(IllegalArgumentException.class);
  }
}
