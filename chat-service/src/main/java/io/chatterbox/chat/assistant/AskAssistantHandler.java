package io.chatterbox.chat.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.History;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.messages.ConversationMessages;
import io.chatterbox.chat.messages.Mentions;
import io.chatterbox.chat.messages.MessageForm;
import io.chatterbox.contract.ChatCommand.AskAssistant;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// `ask-assistant`: a question is an ordinary message that keeps the id of its run.
@Singleton
class AskAssistantHandler implements EntryHandler<AskAssistant> {
  private final MessageForm form;
  private final History history;
  private final ChatConfig config;
  private final MessageViews messages;
  private final Json json;

  AskAssistantHandler(
      MessageForm form, History history, ChatConfig config, MessageViews messages, Json json) {
    this.messages = messages;
    this.form = form;
    this.history = history;
    this.config = config;
    this.json = json;
  }

  /// The reply.
  ///
  /// @param runId absent when the same `clientMessageId` was an ordinary message before
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Asked(MessageView message, @Nullable String runId, List<MessageView> context) {
    Asked {
      context = List.copyOf(context);
    }
  }

  @Override
  public Class<AskAssistant> command() {
    return AskAssistant.class;
  }

  @Override
  public Draft draft(AskAssistant command, Turn turn) {
    form.checkContent(command.content());
    ConversationDocument conversation =
        ConversationDocument.forSender(turn.head(), turn.caller().userId());
    String commandId = turn.commandId(command.clientMessageId());
    if (command.otherwise() != null) {
      return new Draft.Refused(commandId, command.otherwise().refusal());
    }
    MessageDocument question =
        new MessageDocument(
            turn.caller().username(),
            command.content(),
            MessageDocument.TEXT,
            Mentions.in(command.content(), conversation.participants()),
            Optional.empty(),
            Optional.of(new Document("id", command.runId())));
    return new Draft.Write(
        ConversationMessages.MESSAGE, commandId, true, true, question.document());
  }

  @Override
  public RawJson reply(AskAssistant command, Entry entry) {
    String runId = MessageDocument.of(entry).run().map(run -> run.getString("id")).orElse(null);
    List<MessageView> context =
        history.upTo(entry, config.assistantContext()).stream()
            .filter(message -> !MessageDocument.of(message).isDeleted())
            .map(messages::of)
            .toList();
    return json.write(new Asked(messages.of(entry, entry.sender()), runId, context));
  }
}
