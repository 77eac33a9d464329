package io.chatterbox.chat.conversations;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.history.History;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.AskHandler;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.JoinConversation;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import jakarta.inject.Singleton;
import java.util.List;

/// `join-conversation`: what the socket has missed. Everything above the answer's `rev` comes live.
@Singleton
class JoinConversationHandler implements AskHandler<JoinConversation> {
  private final Documents documents;
  private final History history;
  private final ConversationViews views;
  private final MessageViews messages;
  private final ChatConfig config;
  private final Json json;

  JoinConversationHandler(
      Documents documents,
      History history,
      ConversationViews views,
      MessageViews messages,
      ChatConfig config,
      Json json) {
    this.messages = messages;
    this.documents = documents;
    this.history = history;
    this.views = views;
    this.config = config;
    this.json = json;
  }

  @Acknowledges("join-conversation")
  @Shape(name = "JoinConversationAnswer")
  record Joined(ConversationView conversation, List<MessageView> messages, boolean hasMore) {
    Joined {
      messages = List.copyOf(messages);
    }
  }

  @Override
  public Class<JoinConversation> command() {
    return JoinConversation.class;
  }

  @Override
  public Answer answer(JoinConversation command, Caller caller) {
    Head head = documents.read(Key.conversation(command.conversationId()));
    ConversationDocument.forParticipant(head, caller.userId());
    Long afterSeq = command.afterSeq();
    History.Page page =
        afterSeq == null
            ? history.newest(head, config.joinMessages())
            : history.after(head, afterSeq, config.catchUpMessages());
    List<MessageView> messages =
        page.messages().stream().map(entry -> this.messages.of(entry, caller.userId())).toList();
    return new Answer(
        head.rev(),
        json.write(new Joined(views.of(head, caller.userId()), messages, page.hasMore())));
  }
}
