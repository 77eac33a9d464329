package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.GroupCommand.ChangeRole;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.UserView;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// `change-role`: an admin makes somebody an admin or a member. One admin stays.
@Singleton
class ChangeRoleHandler implements EntryHandler<ChangeRole>, EntryKind<ConversationDocument> {
  private static final String USER = "user";
  private static final String ROLE = "role";

  private final GroupChanges changes;

  ChangeRoleHandler(GroupChanges changes) {
    this.changes = changes;
  }

  @Override
  public Class<ChangeRole> command() {
    return ChangeRole.class;
  }

  @Override
  public String name() {
    return "role-changed";
  }

  @Override
  public Draft draft(ChangeRole command, Turn turn) {
    String userId = turn.caller().userId();
    ConversationDocument group = ConversationDocument.forParticipant(turn.head(), userId);
    Optional<Participant> found = group.participants().find(command.userId());
    if (found.isEmpty()) {
      return GroupChanges.refused(turn, Refusal.notFound("There is no such participant."));
    }
    if (!group.isGroup() || !group.participants().isAdmin(userId)) {
      return GroupChanges.forbidden(turn);
    }
    Participant participant = found.get();
    if (participant.role().equals(command.role())) {
      return GroupChanges.done(turn);
    }
    if (group.participants().isLastAdmin(participant.id())) {
      return GroupChanges.refused(
          turn, new Refusal(ErrorCode.CONFLICT, "A group cannot be without an admin."));
    }
    UserView user = new UserView(participant.id(), participant.username());
    Document body = new Document(USER, GroupChanges.document(user)).append(ROLE, command.role());
    return changes.byAdmin(turn, group, name(), body);
  }

  @Override
  public RawJson reply(ChangeRole command, Entry entry) {
    return GroupChanges.NOTHING;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    ConversationDocument group = state.orElseThrow();
    return group.with(
        group.participants().with(user(entry).id(), entry.body().getString(ROLE), entry.rev()));
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream()
        .map(entry ->
            Hint.Change.telling(
                entry.rev(),
                List.of(changes.role(entry, user(entry), entry.body().getString(ROLE), null))))
        .toList();
  }

  private static UserView user(Entry entry) {
    return GroupChanges.user(entry.body().get(USER, Document.class));
  }
}
