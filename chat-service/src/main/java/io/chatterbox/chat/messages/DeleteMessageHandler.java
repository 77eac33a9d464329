package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Deletions;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Fetched;
import io.chatterbox.chat.log.SideWrite;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Told;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// `delete-message`: its author, the asker of an assistant's answer, or an admin empties a message.
/// It keeps its place.
@Singleton
class DeleteMessageHandler implements EntryHandler<DeleteMessage>, EntryKind<ConversationDocument> {
  private final MessageChanges changes;
  private final Deletions deletions;

  DeleteMessageHandler(MessageChanges changes, Deletions deletions) {
    this.changes = changes;
    this.deletions = deletions;
  }

  @Told("message-deleted")
  record MessageDeleted(
      String conversationId, String messageId, long seq, Instant deletedAt, String by) {}

  @Override
  public Class<DeleteMessage> command() {
    return DeleteMessage.class;
  }

  @Override
  public String name() {
    return "deleted";
  }

  @Override
  public void wants(DeleteMessage command, Fetched known, Wants wants) {
    changes.want(command.conversationId(), command.messageId(), wants);
  }

  @Override
  public Draft draft(DeleteMessage command, Turn turn) {
    String userId = turn.caller().userId();
    ConversationDocument conversation = ConversationDocument.forParticipant(turn.head(), userId);
    Optional<Entry> found = changes.find(command.messageId(), turn);
    if (found.isEmpty()) {
      return changes.unknown(turn);
    }
    Entry message = found.get();
    MessageDocument content = MessageDocument.of(message);
    if (!isOwn(message, content, userId) && !conversation.participants().isAdmin(userId)) {
      return new Draft.Refused(
          turn.commandId(null),
          new Refusal(ErrorCode.FORBIDDEN, "Only its author or an admin may delete a message."));
    }
    return content.isDeleted()
        ? changes.same(turn, message)
        : changes.change(name(), turn, message, content.deleted(turn.now()), new Document());
  }

  private static boolean isOwn(Entry message, MessageDocument content, String userId) {
    return message.sender().equals(userId)
        || (content.type().equals(MessageDocument.AI)
            && content.run().filter(run -> userId.equals(run.getString("asker"))).isPresent());
  }

  @Override
  public RawJson reply(DeleteMessage command, Entry entry) {
    return changes.reply(entry);
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    return state.orElseThrow().withDeleted(MessageChanges.changed(entry).seq());
  }

  @Override
  public List<SideWrite> alongside(Entry entry) {
    return List.of(deletions.note(MessageChanges.changed(entry)));
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return changes.told(
        entries,
        "message-deleted",
        entry -> {
          Entry message = MessageChanges.changed(entry);
          return new MessageDeleted(
              entry.key().id(), message.id(), message.seq(), entry.at(), entry.sender());
        });
  }
}
