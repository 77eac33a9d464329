package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Fetched;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.chat.log.Wants;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.MessageCommand.RemoveReaction;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// `remove-reaction`: a participant takes his reaction back.
@Singleton
class RemoveReactionHandler
    implements EntryHandler<RemoveReaction>, EntryKind<ConversationDocument> {
  private final Reactions reactions;
  private final MessageChanges changes;

  RemoveReactionHandler(Reactions reactions, MessageChanges changes) {
    this.reactions = reactions;
    this.changes = changes;
  }

  @Override
  public Class<RemoveReaction> command() {
    return RemoveReaction.class;
  }

  @Override
  public String name() {
    return "reaction-removed";
  }

  @Override
  public void wants(RemoveReaction command, Fetched known, Wants wants) {
    changes.want(command.conversationId(), command.messageId(), wants);
  }

  @Override
  public Draft draft(RemoveReaction command, Turn turn) {
    return reactions.draft(name(), turn, command.messageId(), command.emoji(), false);
  }

  @Override
  public RawJson reply(RemoveReaction command, Entry entry) {
    return changes.reply(entry);
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    return state.orElseThrow();
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return reactions.told(entries, "message-reaction-removed");
  }
}
