package io.chatterbox.chat.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.AddReaction;
import io.chatterbox.contract.MessageCommand.EditMessage;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class SweepingIT {
  @Inject Writers writers;
  @Inject Sweeping sweeping;
  @Inject Entries entries;
  @Inject MongoDatabase database;
  @Inject Json json;

  private ChatFixture chat;
  private Writer writer;
  private Caller anna;
  private Key key;

  @BeforeEach
  void editAMessage() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    key = chat.direct(writer, anna, chat.person("ben"));
    write(writer, new SendMessage(key.id(), "first", List.of(), null, null));
    write(writer, new AddReaction(key.id(), Entry.id(key, 2), "👍"));
    write(writer, new EditMessage(key.id(), Entry.id(key, 2), "second"));
  }

  @Test
  void removesOldChangesAndNoMessages() {
    sweep();
    assertThat(stored(1, 4)).containsExactly(Entry.id(key, 2));
    assertThat(entries.find(stored(1, 4)).values())
        .singleElement()
        .satisfies(entry -> assertThat(entry.body().getString("content")).isEqualTo("second"));
  }

  @Test
  void leavesFreshChanges() {
    sweeping.sweep(Instant.now().minus(Duration.ofHours(1)));
    assertThat(stored(1, 4)).hasSize(4);
  }

  @Test
  void goesOnAfterASweptEditWhateverTheWriterRemembers() {
    sweep();
    Outcome outcome =
        write(writers.another(), new SendMessage(key.id(), "next", List.of(), null, null));
    assertThat(outcome.publications())
        .extracting(publication -> ((Hint.Change) publication.hint()).rev())
        .containsExactly(5L);
    write(writer, new SendMessage(key.id(), "and next", List.of(), null, null));
    assertThat(stored(1, 9))
        .containsExactlyInAnyOrder(Entry.id(key, 2), Entry.id(key, 5), Entry.id(key, 6));
  }

  @Test
  void leavesWhatIsNotAppliedYet() {
    database
        .getCollection("conversations")
        .updateOne(Filters.eq("_id", key.id()), Updates.set("applied", 3L));
    sweep();
    assertThat(stored(1, 9)).containsExactlyInAnyOrder(Entry.id(key, 2), Entry.id(key, 4));
    Outcome outcome =
        write(writers.another(), new SendMessage(key.id(), "next", List.of(), null, null));
    assertThat(outcome.replies().getFirst())
        .isInstanceOfSatisfying(Reply.Done.class, done -> assertThat(done.rev()).isEqualTo(5));
  }

  private void sweep() {
    sweeping.sweep(Instant.now().plus(Duration.ofHours(1)));
  }

  private List<String> stored(long first, long last) {
    return List.copyOf(entries.existing(Entries.ids(key, first, last)));
  }

  private Outcome write(Writer by, Record command) {
    Outcome outcome = by.write(List.of(chat.command(anna, command)));
    assertThat(outcome.replies().getFirst()).isInstanceOf(Reply.Done.class);
    return outcome;
  }
}
