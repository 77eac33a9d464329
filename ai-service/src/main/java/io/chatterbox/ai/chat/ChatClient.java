package io.chatterbox.ai.chat;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.AskAssistant;
import io.chatterbox.contract.ChatCommand.CheckParticipant;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks chat-service. Everything here blocks.
@Singleton
public class ChatClient {
  private final CommandClient bus;
  private final Json json;

  ChatClient(CommandClient bus, Json json) {
    this.bus = bus;
    this.json = json;
  }

  /// Makes sure that the caller takes part.
  ///
  /// @throws Refusal `NOT_FOUND`, or `UNAVAILABLE`
  public void checkParticipant(String conversationId, Caller caller) {
    Reply.Done done =
        bus.ask(
            Service.CHAT,
            Key.conversation(conversationId),
            caller,
            new CheckParticipant(conversationId));
    assert done != null;
  }

  /// Stores a question, or finds it stored.
  ///
  /// @param commandId of the command that wants it: the same for each try
  /// @throws Refusal as chat-service refuses it; after `UNAVAILABLE` it may be stored or not
  public Asked ask(Caller asker, String commandId, AskAssistant question) {
    Reply.Done done =
        bus.ask(
            Service.CHAT,
            Key.conversation(question.conversationId()),
            asker,
            // another command than the one that wants it
            "ask-" + commandId,
            question);
    Stored stored = json.read(done.body(), Stored.class);
    return new Asked(
        done.rev(), stored.message(), Optional.ofNullable(stored.runId()), stored.context());
  }

  /// Ends a run, unless it was ended before.
  ///
  /// @return whether that is settled; false when there was no answer: then it has to be said again
  public boolean end(EndRun end) {
    try {
      Reply.Done done =
          bus.ask(
              Service.CHAT,
              Key.conversation(end.conversationId()),
              Caller.service(Service.AI),
              "end-" + end.runId(),
              end);
      return done != null;
    } catch (Refusal refusal) {
      // a conversation that is gone needs no end
      return refusal.code() == ErrorCode.NOT_FOUND;
    }
  }

  record Stored(RawJson message, @Nullable String runId, List<Said> context) {
    Stored {
      context = List.copyOf(context);
    }
  }
}
