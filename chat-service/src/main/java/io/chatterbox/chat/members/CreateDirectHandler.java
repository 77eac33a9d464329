package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.SideWrite;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ChatCommand.CreateDirect;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// `create-direct`: the first entry of two people's conversation. Nobody hears its channel yet;
/// both are told through their own logs.
@Singleton
class CreateDirectHandler implements EntryHandler<CreateDirect>, EntryKind<ConversationDocument> {
  private final Newcomers newcomers;

  CreateDirectHandler(Newcomers newcomers) {
    this.newcomers = newcomers;
  }

  @Override
  public Class<CreateDirect> command() {
    return CreateDirect.class;
  }

  @Override
  public String name() {
    return "direct-created";
  }

  @Override
  public Draft draft(CreateDirect command, Turn turn) {
    String creator = command.creator().userId();
    String participant = command.participant().userId();
    if (creator.equals(participant)) {
      throw Refusal.invalid("participantId must be somebody else.");
    }
    if (!creator.equals(turn.caller().userId())
        || !DirectIds.of(creator, participant).equals(turn.head().key().id())) {
      throw Refusal.invalid("conversationId is not the one of these two.");
    }
    String id = turn.commandId(null);
    if (turn.head().exists()) {
      return new Draft.Done(id, RawJson.of("{\"created\":false}"));
    }
    List<Person> people = List.of(command.creator(), command.participant());
    return new Draft.Write(name(), id, false, false, newcomers.body(people, turn.head()));
  }

  @Override
  public RawJson reply(CreateDirect command, Entry entry) {
    return RawJson.of("{\"created\":true}");
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    return ConversationDocument.created(
        ConversationDocument.DIRECT,
        Optional.empty(),
        Newcomers.coming(entry, Participant.MEMBER),
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
