package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.SideWrite;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.GroupCommand.AddParticipants;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// `add-participants`: an admin brings people into a group, all of them by one change.
@Singleton
class AddParticipantsHandler
    implements EntryHandler<AddParticipants>, EntryKind<ConversationDocument> {
  private final GroupForm form;
  private final GroupChanges changes;
  private final Newcomers newcomers;

  AddParticipantsHandler(GroupForm form, GroupChanges changes, Newcomers newcomers) {
    this.form = form;
    this.changes = changes;
    this.newcomers = newcomers;
  }

  @Override
  public Class<AddParticipants> command() {
    return AddParticipants.class;
  }

  @Override
  public String name() {
    return "participants-added";
  }

  @Override
  public Draft draft(AddParticipants command, Turn turn) {
    ConversationDocument group =
        ConversationDocument.forParticipant(turn.head(), turn.caller().userId());
    if (!group.isGroup() || !group.participants().isAdmin(turn.caller().userId())) {
      return GroupChanges.forbidden(turn);
    }
    List<Person> fresh =
        command.people().stream()
            .filter(person -> !group.participants().has(person.userId()))
            .toList();
    if (fresh.isEmpty()) {
      return GroupChanges.done(turn);
    }
    try {
      form.checkSize((long) group.participants().all().size() + fresh.size());
    } catch (Refusal tooMany) {
      return GroupChanges.refused(turn, tooMany);
    }
    return changes.byAdmin(turn, group, name(), newcomers.body(fresh, turn.head()));
  }

  @Override
  public RawJson reply(AddParticipants command, Entry entry) {
    return GroupChanges.NOTHING;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    ConversationDocument group = state.orElseThrow();
    return group.with(
        group.participants().with(Newcomers.coming(entry, Participant.MEMBER), entry.rev()));
  }

  @Override
  public List<SideWrite> alongside(Entry entry) {
    return newcomers.alongside(entry);
  }

  @Override
  public void applied(Entry entry) {
    newcomers.applied(entry);
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream().map(this::told).toList();
  }

  private Hint.Change told(Entry entry) {
    List<ClientEvent> events =
        Newcomers.people(entry).stream()
            .map(person -> changes.user(entry, "participant-added", GroupChanges.user(person)))
            .toList();
    List<Hint.Membership> memberships =
        Newcomers.people(entry).stream()
            .map(person -> new Hint.Membership(person.getString("_id"), true))
            .toList();
    return new Hint.Change(entry.rev(), events, memberships, null);
  }
}
