package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.Attachment;
import io.chatterbox.chat.history.ForwardedFrom;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.MessageCommand.CarriedFile;
import io.chatterbox.contract.MessageCommand.ForwardMessage;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.UserView;
import jakarta.inject.Singleton;
import java.util.Optional;

/// `forward-message`: a copy of a message of another conversation, of which the caller is the
/// sender.
@Singleton
class ForwardMessageHandler implements EntryHandler<ForwardMessage> {
  private final ConversationMessages messages;

  ForwardMessageHandler(ConversationMessages messages) {
    this.messages = messages;
  }

  @Override
  public Class<ForwardMessage> command() {
    return ForwardMessage.class;
  }

  @Override
  public Draft draft(ForwardMessage command, Turn turn) {
    ConversationDocument conversation =
        ConversationDocument.forSender(turn.head(), turn.caller().userId());
    ForwardedFrom origin =
        new ForwardedFrom(
            command.from().messageId(),
            new UserView(command.from().senderId(), command.from().username()));
    MessageDocument copy =
        new MessageDocument(
                turn.caller().username(),
                command.content(),
                MessageDocument.TEXT,
                Mentions.in(command.content(), conversation.participants()),
                Optional.empty(),
                Optional.empty())
            .carrying(command.files().stream().map(ForwardMessageHandler::carried).toList())
            .from(origin);
    return new Draft.Write(
        ConversationMessages.MESSAGE, turn.commandId(null), true, false, copy.document());
  }

  @Override
  public RawJson reply(ForwardMessage command, Entry entry) {
    return messages.reply(entry);
  }

  private static Attachment carried(CarriedFile file) {
    return new Attachment(
        file.id(), file.originalName(), file.mimetype(), file.size(), file.image(), file.deleted());
  }
}
