package io.chatterbox.chat.members;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.log.AskHandler;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.Follow;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Subscriptions.Followed;
import jakarta.inject.Singleton;

/// `follow`: a gateway asks who is in a conversation that one of its users came into.
@Singleton
class FollowHandler implements AskHandler<Follow> {
  private final Documents documents;
  private final Json json;

  FollowHandler(Documents documents, Json json) {
    this.documents = documents;
    this.json = json;
  }

  @Override
  public Class<Follow> command() {
    return Follow.class;
  }

  @Override
  public Answer answer(Follow command, Caller caller) {
    Head head = documents.read(Key.conversation(command.conversationId()));
    Followed followed =
        head.state(ConversationDocument.class)
            .map(conversation -> followed(head, conversation))
            .orElseThrow(() -> Refusal.notFound("There is no such conversation."));
    return new Answer(head.rev(), json.write(followed));
  }

  static Followed followed(Head head, ConversationDocument conversation) {
    return new Followed(head.key().id(), head.rev(), conversation.participants().ids());
  }
}
