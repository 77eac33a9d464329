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
import io.chatterbox.contract.MessageCommand.AddReaction;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// `add-reaction`: a participant reacts to a message.
@Singleton
class AddReactionHandler implements EntryHandler<AddReaction>, EntryKind<ConversationDocument> {
  private final Reactions reactions;
  private final MessageChanges changes;

  AddReactionHandler(Reactions reactions, MessageChanges changes) {
    this.reactions = reactions;
    this.changes = changes;
  }

  @Override
  public Class<AddReaction> command() {
    return AddReaction.class;
  }

  @Override
  public String name() {
    return "reaction-added";
  }

  @Override
  public void wants(AddReaction command, Fetched known, Wants wants) {
    changes.want(command.conversationId(), command.messageId(), wants);
  }

  @Override
  public Draft draft(AddReaction command, Turn turn) {
    return reactions.draft(name(), turn, command.messageId(), command.emoji(), true);
  }

  @Override
  public RawJson reply(AddReaction command, Entry entry) {
    return changes.reply(entry);
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    return state.orElseThrow();
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return reactions.told(entries, "message-reaction-added");
  }
}
