package io.chatterbox.chat.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// `end-run`: exactly one entry for each run. Whoever comes second finds the first one's.
@Singleton
class EndRunHandler implements EntryHandler<EndRun> {
  private static final String ASSISTANT = "assistant";

  private final Json json;

  EndRunHandler(Json json) {
    this.json = json;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Ended(@Nullable String messageId) {}

  @Override
  public Class<EndRun> command() {
    return EndRun.class;
  }

  @Override
  public Draft draft(EndRun command, Turn turn) {
    if (turn.head().state(ConversationDocument.class).isEmpty()) {
      throw Refusal.notFound("There is no such conversation.");
    }
    Document run = RunEnd.of(command).document();
    boolean message = !command.content().isEmpty();
    Document body =
        message
            ? new MessageDocument(
                    ASSISTANT,
                    command.content(),
                    MessageDocument.AI,
                    List.of(),
                    Optional.empty(),
                    Optional.of(run))
                .document()
            : new Document("run", run);
    return new Draft.Write(RunEnds.RUN_END, command.runId(), message, false, body);
  }

  @Override
  public RawJson reply(EndRun command, Entry entry) {
    return json.write(new Ended(entry.isMessage() ? entry.id() : null));
  }
}
