package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Fetched;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.MessageCommand.EditMessage;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// `edit-message`: the author gives a message another content.
@Singleton
class EditMessageHandler implements EntryHandler<EditMessage>, EntryKind<ConversationDocument> {
  private final MessageForm form;
  private final MessageChanges changes;

  EditMessageHandler(MessageForm form, MessageChanges changes) {
    this.form = form;
    this.changes = changes;
  }

  @Override
  public Class<EditMessage> command() {
    return EditMessage.class;
  }

  @Override
  public String name() {
    return "edited";
  }

  @Override
  public void wants(EditMessage command, Fetched known, Wants wants) {
    changes.want(command.conversationId(), command.messageId(), wants);
  }

  @Override
  public Draft draft(EditMessage command, Turn turn) {
    form.checkContent(command.content());
    String userId = turn.caller().userId();
    ConversationDocument conversation = ConversationDocument.forParticipant(turn.head(), userId);
    Optional<Entry> found = changes.findKept(command.messageId(), turn);
    if (found.isEmpty()) {
      return changes.unknown(turn);
    }
    Entry message = found.get();
    if (!message.sender().equals(userId)) {
      return new Draft.Refused(
          turn.commandId(null),
          new Refusal(ErrorCode.FORBIDDEN, "Only its author may edit a message."));
    }
    MessageDocument edited =
        MessageDocument.of(message)
            .edited(
                command.content(),
                Mentions.in(command.content(), conversation.participants()),
                turn.now());
    return changes.change(name(), turn, message, edited, new Document());
  }

  @Override
  public RawJson reply(EditMessage command, Entry entry) {
    return changes.reply(entry);
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    return state.orElseThrow();
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return changes.edited(entries);
  }
}
