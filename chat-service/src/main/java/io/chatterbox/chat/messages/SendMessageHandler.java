package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.files.FileAccess;
import io.chatterbox.chat.files.FileDocument;
import io.chatterbox.chat.history.Attachment;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.Fetched;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// `send-message`: a participant writes to a conversation.
@Singleton
class SendMessageHandler implements EntryHandler<SendMessage> {
  private final MessageForm form;
  private final ConversationMessages messages;

  SendMessageHandler(MessageForm form, ConversationMessages messages) {
    this.form = form;
    this.messages = messages;
  }

  @Override
  public Class<SendMessage> command() {
    return SendMessage.class;
  }

  @Override
  public void wants(SendMessage command, Fetched known, Wants wants) {
    if (command.attachments().size() <= form.mostAttachments()) {
      command.attachments().forEach(id -> FileAccess.want(id, known, wants));
    }
    if (command.replyTo() != null) {
      wants.entry(Key.conversation(command.conversationId()), command.replyTo());
    }
  }

  @Override
  public Draft draft(SendMessage command, Turn turn) {
    form.checkContent(command.content());
    form.checkAttachments(command.attachments().size());
    ConversationDocument conversation =
        ConversationDocument.forSender(turn.head(), turn.caller().userId());
    String id = turn.commandId(command.clientMessageId());
    List<Attachment> attachments = new ArrayList<>();
    for (String fileId : new LinkedHashSet<>(command.attachments())) {
      Optional<FileDocument> file = FileAccess.find(fileId, turn.caller().userId(), turn.fetched());
      if (file.isEmpty()) {
        return new Draft.Refused(id, Refusal.notFound("There is no such file to attach."));
      }
      attachments.add(file.get().attachment());
    }
    if (command.replyTo() != null && !isMessage(command.replyTo(), turn)) {
      return new Draft.Refused(id, Refusal.notFound("There is no such message to reply to."));
    }
    MessageDocument message =
        new MessageDocument(
                turn.caller().username(),
                command.content(),
                MessageDocument.TEXT,
                Mentions.in(command.content(), conversation.participants()),
                Optional.ofNullable(command.replyTo()),
                Optional.empty())
            .carrying(attachments);
    return new Draft.Write(ConversationMessages.MESSAGE, id, true, true, message.document());
  }

  @Override
  public RawJson reply(SendMessage command, Entry entry) {
    return messages.reply(entry);
  }

  private static boolean isMessage(String id, Turn turn) {
    return turn.fetched()
        .entry(id)
        .filter(entry -> entry.isMessage() && entry.key().equals(turn.head().key()))
        .filter(entry -> !MessageDocument.of(entry).isDeleted())
        .isPresent();
  }
}
