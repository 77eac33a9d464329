package io.chatterbox.chat.conversations;

import io.chatterbox.chat.log.AskHandler;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.LeaveConversation;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;

/// `leave-conversation`: only the gateway has something to undo, so it always succeeds.
@Singleton
class LeaveConversationHandler implements AskHandler<LeaveConversation> {

  @Override
  public Class<LeaveConversation> command() {
    return LeaveConversation.class;
  }

  @Override
  public Answer answer(LeaveConversation command, Caller caller) {
    return new Answer(0, RawJson.of("{}"));
  }
}
