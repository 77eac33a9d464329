package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.conversations.Participants;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.UserView;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// Somebody goes out of a group. It is the last that he hears; if he was the only admin, the oldest
/// member becomes one by the same change.
@Singleton
class Departures implements EntryKind<ConversationDocument> {
  private static final String REMOVED = "participant-removed";
  private static final String USER = "user";
  private static final String SUCCESSOR = "successor";

  private final GroupChanges changes;

  Departures(GroupChanges changes) {
    this.changes = changes;
  }

  static Draft write(Turn turn, ConversationDocument group, Participant going) {
    Document body = new Document(USER, GroupChanges.document(view(going)));
    group
        .participants()
        .successorOf(going.id())
        .ifPresent(next -> body.append(SUCCESSOR, GroupChanges.document(view(next))));
    return new Draft.Write(REMOVED, turn.commandId(null), false, false, body);
  }

  @Override
  public String name() {
    return REMOVED;
  }

  @Override
  public ConversationDocument apply(Optional<ConversationDocument> state, Entry entry) {
    ConversationDocument group = state.orElseThrow();
    Participants left = group.participants().without(user(entry, USER).id(), entry.rev());
    return group.with(
        entry.body().containsKey(SUCCESSOR)
            ? left.with(user(entry, SUCCESSOR).id(), Participant.ADMIN, entry.rev())
            : left);
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream().map(this::told).toList();
  }

  private Hint.Change told(Entry entry) {
    UserView gone = user(entry, USER);
    List<ClientEvent> events = new ArrayList<>();
    events.add(changes.user(entry, REMOVED, gone));
    if (entry.body().containsKey(SUCCESSOR)) {
      events.add(changes.role(entry, user(entry, SUCCESSOR), Participant.ADMIN, gone.id()));
    }
    return new Hint.Change(
        entry.rev(), events, List.of(new Hint.Membership(gone.id(), false)), null);
  }

  private static UserView user(Entry entry, String field) {
    return GroupChanges.user(entry.body().get(field, Document.class));
  }

  private static UserView view(Participant participant) {
    return new UserView(participant.id(), participant.username());
  }
}
