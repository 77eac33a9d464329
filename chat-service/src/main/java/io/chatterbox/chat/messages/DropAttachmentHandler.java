package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.Attachment;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Fetched;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.MessageCommand.DropAttachment;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// `drop-attachment`: a file is gone that a message carries. Told like an edit, because the message
/// looks different now.
@Singleton
class DropAttachmentHandler
    implements EntryHandler<DropAttachment>, EntryKind<ConversationDocument> {
  private static final RawJson NOTHING = RawJson.of("{}");

  private final MessageChanges changes;

  DropAttachmentHandler(MessageChanges changes) {
    this.changes = changes;
  }

  @Override
  public Class<DropAttachment> command() {
    return DropAttachment.class;
  }

  @Override
  public String name() {
    return "attachment-dropped";
  }

  @Override
  public void wants(DropAttachment command, Fetched known, Wants wants) {
    changes.want(command.conversationId(), command.messageId(), wants);
  }

  @Override
  public Draft draft(DropAttachment command, Turn turn) {
    Optional<Entry> found = changes.find(command.messageId(), turn);
    if (found.isEmpty()) {
      return new Draft.Done(turn.commandId(null), NOTHING);
    }
    MessageDocument message = MessageDocument.of(found.get());
    List<Attachment> dropped =
        message.attachments().stream()
            .map(file -> file.id().equals(command.fileId()) ? file.deleted() : file)
            .toList();
    return dropped.equals(message.attachments())
        ? new Draft.Done(turn.commandId(null), NOTHING)
        : changes.change(name(), turn, found.get(), message.carrying(dropped), new Document());
  }

  @Override
  public RawJson reply(DropAttachment command, Entry entry) {
    return NOTHING;
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
