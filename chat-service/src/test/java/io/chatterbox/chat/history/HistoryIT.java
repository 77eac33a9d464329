package io.chatterbox.chat.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class HistoryIT {
  @Inject Writers writers;
  @Inject History history;
  @Inject Documents documents;
  @Inject Json json;

  private Writer writer;
  private ChatFixture chat;
  private Caller anna;
  private Key key;
  private final List<String> ids = new ArrayList<>();

  /// Sixteen messages; before the first, between some, and after the last are other changes.
  @BeforeEach
  void writeMessagesAndOtherChanges() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    key = chat.direct(writer, anna, chat.person("ben"));
    for (int i = 1; i <= 16; i++) {
      for (int other = 0; other < (i % 5 == 0 ? i : 0); other++) {
        change();
      }
      ids.add(send("m" + i));
    }
    change();
  }

  @Test
  void readsTheNewestPage() {
    History.Page page = history.newest(head(), 5);
    assertThat(page.messages()).extracting(Entry::seq).containsExactly(12L, 13L, 14L, 15L, 16L);
    assertThat(page.hasMore()).isTrue();
    assertThat(history.newest(head(), 16).hasMore()).isFalse();
    assertThat(history.newest(head(), 100).messages()).hasSize(16);
  }

  @Test
  void readsEveryRangeWhole() {
    for (int from = 0; from <= 16; from++) {
      for (int limit = 1; limit <= 17; limit++) {
        History.Page page = history.after(head(), from, limit);
        int last = Math.min(16, from + limit);
        assertThat(page.messages())
            .extracting(Entry::id)
            .containsExactlyElementsOf(ids.subList(from, last));
        assertThat(page.hasMore()).isEqualTo(last < 16);
      }
    }
  }

  @Test
  void readsNothingAfterTheLast() {
    assertThat(history.after(head(), 16, 5)).isEqualTo(new History.Page(List.of(), false));
    assertThat(history.after(head(), Long.MAX_VALUE, 5))
        .isEqualTo(new History.Page(List.of(), false));
  }

  @Test
  void turnsPagesWithCursorsBothWays() {
    History.Page older = history.before(head(), ids.get(11), 5);
    assertThat(older.messages())
        .extracting(Entry::id)
        .containsExactlyElementsOf(ids.subList(6, 11));
    assertThat(older.hasMore()).isTrue();
    assertThat(history.before(head(), ids.get(2), 5).hasMore()).isFalse();
    assertThat(history.before(head(), ids.getFirst(), 5).messages()).isEmpty();
    History.Page newer = history.after(head(), ids.get(11), 3);
    assertThat(newer.messages())
        .extracting(Entry::id)
        .containsExactlyElementsOf(ids.subList(12, 15));
    assertThat(newer.hasMore()).isTrue();
  }

  @Test
  void knowsNoCursorOfAnythingElse() {
    Key other = chat.direct(writer, anna, chat.person("cora"));
    for (String id :
        List.of("nothing", key.text() + ":1", key.text() + ":999", other.text() + ":1")) {
      assertThatThrownBy(() -> history.before(head(), id, 5)).isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> history.after(head(), id, 5)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void readsAnEmptyHistory() {
    Key empty = chat.direct(writer, anna, chat.person("dora"));
    assertThat(history.newest(documents.read(empty), 5))
        .isEqualTo(new History.Page(List.of(), false));
  }

  private Head head() {
    return documents.read(key);
  }

  private String send(String content) {
    Caller sender = new Caller(anna.userId(), "anna", "", "");
    return Entry.id(
        key, done(chat.command(sender, new SendMessage(key.id(), content, List.of(), null, null))));
  }

  /// An entry that is no message.
  private void change() {
    done(
        chat.command(
            Caller.service(Service.AI),
            new EndRun(
                key.id(),
                UUID.randomUUID().toString(),
                anna.userId(),
                "",
                new AiUsage(0, 0, 0),
                true,
                null)));
  }

  private long done(PendingCommand command) {
    return ((Reply.Done) writer.write(List.of(command)).replies().getFirst()).rev();
  }
}
