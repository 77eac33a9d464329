package io.chatterbox.chat.members;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Memberships;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.conversations.ReadPointers;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.SideWrite;
import io.chatterbox.contract.ChatCommand.Person;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/// The people who come into a conversation by an entry, and what follows from it for each: he finds
/// it in his list, is told through his own log, and has read everything up to here.
@Singleton
class Newcomers {
  private static final String PEOPLE = "people";

  private final Memberships memberships;
  private final ReadPointers pointers;
  private final Tells tells;

  Newcomers(Memberships memberships, ReadPointers pointers, Tells tells) {
    this.memberships = memberships;
    this.pointers = pointers;
    this.tells = tells;
  }

  /// What an entry keeps of them.
  Document body(List<Person> people, Head head) {
    List<Document> documents = new ArrayList<>();
    for (Person person : people) {
      long own =
          head.state(ConversationDocument.class)
              .map(conversation -> conversation.ownOf(person.userId()).count())
              .orElse(0L);
      documents.add(Participant.document(person).append("own", own));
    }
    return new Document(PEOPLE, documents).append("upTo", head.seq());
  }

  List<SideWrite> alongside(Entry entry) {
    String conversationId = entry.key().id();
    List<SideWrite> writes = new ArrayList<>();
    for (Document person : people(entry)) {
      String userId = person.getString("_id");
      writes.add(memberships.added(userId, conversationId));
      writes.add(tells.note(tell(person, entry), entry.at()));
      long upTo = entry.body().getLong("upTo");
      if (upTo > 0) {
        writes.add(
            pointers.moved(
                new ReadPointers.Place(conversationId, userId),
                new ReadPointers.Pointer(upTo, person.getLong("own"))));
      }
    }
    return writes;
  }

  void applied(Entry entry) {
    people(entry).forEach(person -> tells.soon(tell(person, entry)));
  }

  static List<Document> people(Entry entry) {
    return entry.body().getList(PEOPLE, Document.class);
  }

  /// All of them in this role.
  static List<Participant> coming(Entry entry, String role) {
    return people(entry).stream().map(person -> Participant.coming(person, role, entry)).toList();
  }

  private static Tells.Tell tell(Document person, Entry entry) {
    return new Tells.Tell(person.getString("_id"), entry.key().id(), entry.rev());
  }
}
