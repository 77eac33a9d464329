package io.chatterbox.chat.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.chatterbox.bus.Hints;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand;
import io.chatterbox.contract.ChatCommand.CheckHeads;
import io.chatterbox.contract.ChatCommand.ReadLog;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class LogAsksIT {
  private static final Caller GATEWAY = Caller.service(Service.CHAT);

  @Inject Writers writers;
  @Inject Asking asking;
  @Inject Entries entries;
  @Inject Documents documents;
  @Inject Behind behind;
  @Inject MongoDatabase database;
  @Inject Json json;
  @Inject Hints hints;

  private Writer writer;
  private ChatFixture chat;
  private Caller anna;
  private Key key;
  private final List<Hint> published = new ArrayList<>();

  @BeforeEach
  void writeTenMessages() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    key = chat.direct(writer, anna, chat.person("ben"));
    for (int i = 0; i < 10; i++) {
      SendMessage send = new SendMessage(key.id(), "m" + i, List.of(), null, "id" + i);
      writer
          .write(List.of(chat.command(anna, send)))
          .publications()
          .forEach(publication -> published.add(publication.hint()));
    }
  }

  @Test
  void readsExactlyWhatWasPublished() {
    assertThat(read(1, 200)).isEqualTo(published);
    assertThat(read(4, 3)).isEqualTo(published.subList(3, 6));
    assertThat(read(11, 200)).isEmpty();
    assertThat(read(1000, 200)).isEmpty();
  }

  @Test
  void fillsWhatHasLeftTheLogWithEmptyChanges() {
    // only what its document has applied leaves the log
    behind.write(Instant.now().plusSeconds(60));
    database.getCollection("log").deleteMany(Filters.in("_id", Entry.id(key, 4), Entry.id(key, 5)));
    List<Hint> read = read(1, 200);
    assertThat(read).extracting(hint -> ((Hint.Change) hint).rev()).isSorted().hasSize(10);
    assertThat(read.get(2).events()).isEmpty();
    assertThat(read.get(3).events()).isEmpty();
    assertThat(read.get(4)).isEqualTo(published.get(4));
  }

  @Test
  void readsWhatWasInsertedButNotApplied() {
    insertOne();
    assertThat(read(11, 200)).hasSize(1);
    assertThat(ahead(new ChatCommand.Head(key.text(), 11)))
        .isEqualTo("{\"ahead\":[{\"key\":\"" + key.text() + "\",\"rev\":12}]}");
  }

  @Test
  void namesTheKeysThatHaveMore() {
    Key other = chat.direct(writer, anna, chat.person("cora"));
    assertThat(
            ahead(
                new ChatCommand.Head(key.text(), 5),
                new ChatCommand.Head(other.text(), 1),
                new ChatCommand.Head(Key.user("nobody").text(), 0)))
        .isEqualTo("{\"ahead\":[{\"key\":\"" + key.text() + "\",\"rev\":11}]}");
    assertThat(ahead(new ChatCommand.Head(key.text(), 11))).isEqualTo("{\"ahead\":[]}");
  }

  @Test
  void refusesKeysThatAreNone() {
    Reply reply =
        asking.ask(
            chat.command(GATEWAY, new CheckHeads(List.of(new ChatCommand.Head("nonsense", 1)))));
    assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  private void insertOne() {
    Head head = documents.read(key);
    Entry last = entries.messages(head, head.seq(), head.seq()).getFirst();
    Document body = new Document(last.body());
    body.remove("changed");
    entries.insert(
        List.of(
            new Entry(
                key,
                head.rev() + 1,
                head.seq() + 1,
                last.sender(),
                "g:left",
                last.kind(),
                last.at(),
                body)));
  }

  private List<Hint> read(long after, int limit) {
    Reply reply = asking.ask(chat.command(GATEWAY, new ReadLog(key.text(), after, limit)));
    return hints.read(Buffer.buffer(((Reply.Done) reply).body().bytes()));
  }

  private String ahead(ChatCommand.Head... heads) {
    Reply reply = asking.ask(chat.command(GATEWAY, new CheckHeads(List.of(heads))));
    return ((Reply.Done) reply).body().text();
  }
}
