package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.log.AskHandler;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CheckParticipant;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;

/// `check-participant`: another service asks whether the caller takes part.
@Singleton
class CheckParticipantHandler implements AskHandler<CheckParticipant> {
  private final Documents documents;

  CheckParticipantHandler(Documents documents) {
    this.documents = documents;
  }

  @Override
  public Class<CheckParticipant> command() {
    return CheckParticipant.class;
  }

  @Override
  public Answer answer(CheckParticipant command, Caller caller) {
    Head head = documents.read(Key.conversation(command.conversationId()));
    ConversationDocument.forParticipant(head, caller.userId());
    return new Answer(head.rev(), RawJson.of("{}"));
  }
}
