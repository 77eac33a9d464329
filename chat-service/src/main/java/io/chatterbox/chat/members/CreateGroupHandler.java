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
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.GroupCommand.CreateGroup;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// `create-group`: the first entry of a group. Nobody hears its channel yet; all are told through
/// their own logs.
@Singleton
class CreateGroupHandler implements EntryHandler<CreateGroup>, EntryKind<ConversationDocument> {
  private final GroupForm form;
  private final Newcomers newcomers;

  CreateGroupHandler(GroupForm form, Newcomers newcomers) {
    this.form = form;
    this.newcomers = newcomers;
  }

  @Override
  public Class<CreateGroup> command() {
    return CreateGroup.class;
  }

  @Override
  public String name() {
    return "group-created";
  }

  @Override
  public Draft draft(CreateGroup command, Turn turn) {
    form.checkName(command.name());
    form.checkDescription(command.description());
    form.checkSize(command.participants().size() + 1L);
    if (turn.head().exists()) {
      return GroupChanges.refused(
          turn, new Refusal(ErrorCode.CONFLICT, "There is a conversation of this id."));
    }
    List<Person> people = new ArrayList<>();
    people.add(command.creator());
    people.addAll(command.participants());
    Document body = newcomers.body(people, turn.head()).append("name", command.name());
    if (command.description() != null) {
      body.append("description", command.description());
    }
    return new Draft.Write(name(), turn.commandId(null), false, false, body);
  }

  @Override
  public RawJson reply(CreateGroup command, Entry entry) {
    return GroupChanges.NOTHING;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    List<Participant> participants = new ArrayList<>();
    for (Document person : Newcomers.people(entry)) {
      boolean isCreator = entry.sender().equals(person.getString("_id"));
      participants.add(
          Participant.coming(person, isCreator ? Participant.ADMIN : Participant.MEMBER, entry));
    }
    return ConversationDocument.created(
        ConversationDocument.GROUP,
        Optional.of(RenameGroupHandler.title(entry)),
        participants,
        entry);
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
    return entries.stream().map(entry -> Hint.Change.silent(entry.rev())).toList();
  }
}
