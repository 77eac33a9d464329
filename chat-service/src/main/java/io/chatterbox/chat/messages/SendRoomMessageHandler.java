package io.chatterbox.chat.messages;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.history.RoomMessageView;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.rooms.RoomDocument;
import io.chatterbox.contract.ChatCommand.SendRoomMessage;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import jakarta.inject.Singleton;

/// `send-room-message`: somebody who has joined a room writes to it. Who has joined knows the
/// gateway alone, which refuses all others.
@Singleton
class SendRoomMessageHandler implements EntryHandler<SendRoomMessage> {
  private final MessageForm form;
  private final Json json;

  SendRoomMessageHandler(MessageForm form, Json json) {
    this.form = form;
    this.json = json;
  }

  @Acknowledges("send-room-message")
  @Shape(name = "RoomMessageAnswer")
  record Sent(RoomMessageView message) {}

  @Override
  public Class<SendRoomMessage> command() {
    return SendRoomMessage.class;
  }

  @Override
  public Draft draft(SendRoomMessage command, Turn turn) {
    form.checkContent(command.content());
    RoomDocument.existing(turn.head());
    return new Draft.Write(
        RoomMessages.ROOM_MESSAGE,
        turn.commandId(command.clientMessageId()),
        true,
        true,
        MessageDocument.text(turn.caller().username(), command.content()).document());
  }

  @Override
  public RawJson reply(SendRoomMessage command, Entry entry) {
    return json.write(new Sent(RoomMessageView.of(entry, entry.sender())));
  }
}
