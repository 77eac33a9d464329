package io.chatterbox.chat.rooms;

import io.chatterbox.chat.log.AskHandler;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.LeaveRoom;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;

/// `leave-room`: only the gateway has something to undo, so it always succeeds.
@Singleton
class LeaveRoomHandler implements AskHandler<LeaveRoom> {

  @Override
  public Class<LeaveRoom> command() {
    return LeaveRoom.class;
  }

  @Override
  public Answer answer(LeaveRoom command, Caller caller) {
    return new Answer(0, RawJson.of("{}"));
  }
}
