package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Memberships;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.conversations.Participants;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// `create-direct`: the first entry of two people's conversation. Nobody hears its channel yet;
/// both are told through their own logs.
@Singleton
class CreateDirectHandler implements EntryHandler<CreateDirect>, EntryKind<ConversationDocument> {
  private final Memberships memberships;
  private final Tells tells;

  CreateDirectHandler(Memberships memberships, Tells tells) {
    this.memberships = memberships;
    this.tells = tells;
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
    List<Document> people = List.of(document(command.creator()), document(command.participant()));
    return new Draft.Write(name(), id, false, false, new Document("people", people));
  }

  @Override
  public RawJson reply(CreateDirect command, Entry entry) {
    return RawJson.of("{\"created\":true}");
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    List<Participant> participants = new ArrayList<>();
    for (Document person : entry.body().getList("people", Document.class)) {
      participants.add(
          new Participant(
              person.getString("_id"),
              person.getString("username"),
              person.getString("avatar"),
              Participant.MEMBER,
              entry.at(),
              entry.sender()));
    }
    return new ConversationDocument(
        ConversationDocument.DIRECT,
        new Participants(entry.rev(), participants),
        entry.sender(),
        entry.at(),
        0,
        entry.at(),
        Map.of());
  }

  @Override
  public List<SideWrite> alongside(Entry entry) {
    List<SideWrite> writes = new ArrayList<>();
    for (String userId : people(entry)) {
      writes.add(memberships.added(userId, entry.key().id()));
      writes.add(tells.note(new Tells.Tell(userId, entry.key().id(), entry.rev()), entry.at()));
    }
    return writes;
  }

  @Override
  public void applied(Entry entry) {
    for (String userId : people(entry)) {
      tells.soon(new Tells.Tell(userId, entry.key().id(), entry.rev()));
    }
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream()
        .map(entry -> new Hint.Change(entry.rev(), List.of(), null, null))
        .toList();
  }

  private static List<String> people(Entry entry) {
    return entry.body().getList("people", Document.class).stream()
        .map(person -> person.getString("_id"))
        .toList();
  }

  private static Document document(Person person) {
    Document document = new Document("_id", person.userId()).append("username", person.username());
    if (person.avatar() != null) {
      document.append("avatar", person.avatar());
    }
    return document;
  }
}
