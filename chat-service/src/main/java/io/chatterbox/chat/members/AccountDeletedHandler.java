package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.GroupCommand.AccountDeleted;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// `account-deleted`: whoever has deleted his account leaves a group; a direct conversation stays
/// readable for the other one.
@Singleton
class AccountDeletedHandler
    implements EntryHandler<AccountDeleted>, EntryKind<ConversationDocument> {

  @Override
  public Class<AccountDeleted> command() {
    return AccountDeleted.class;
  }

  @Override
  public String name() {
    return "account-deleted";
  }

  @Override
  public Draft draft(AccountDeleted command, Turn turn) {
    Optional<ConversationDocument> conversation = turn.head().state(ConversationDocument.class);
    Optional<Participant> participant =
        conversation.flatMap(state -> state.participants().find(turn.caller().userId()));
    if (participant.isEmpty() || participant.get().isGone()) {
      return GroupChanges.done(turn);
    }
    return conversation.get().isGroup()
        ? Departures.write(turn, conversation.get(), participant.get())
        : new Draft.Write(name(), turn.commandId(null), false, false, new Document());
  }

  @Override
  public RawJson reply(AccountDeleted command, Entry entry) {
    return GroupChanges.NOTHING;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    ConversationDocument conversation = state.orElseThrow();
    return conversation.with(conversation.participants().withGone(entry.sender(), entry.rev()));
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream().map(entry -> Hint.Change.silent(entry.rev())).toList();
  }
}
