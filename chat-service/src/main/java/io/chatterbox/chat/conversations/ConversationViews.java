package io.chatterbox.chat.conversations;

import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.people.People;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.rest.FileLinks;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the views of conversations, many at once: names, last messages and pointers are read for
/// all of them together.
@Singleton
public class ConversationViews {
  private final People people;
  private final ReadPointers pointers;
  private final Entries entries;
  private final MessageViews messages;
  private final FileLinks links;

  ConversationViews(
      People people,
      ReadPointers pointers,
      Entries entries,
      MessageViews messages,
      FileLinks links) {
    this.links = links;
    this.messages = messages;
    this.people = people;
    this.pointers = pointers;
    this.entries = entries;
  }

  /// A conversation and the participant who looks at it.
  public record Seen(Head head, String userId) {}

  /// The views, in the same order. May ask auth-service for names.
  public List<ConversationView> of(List<Seen> seen) {
    return of(seen, people.findIfPossible(participants(seen)));
  }

  public ConversationView of(Head head, String userId) {
    return of(List.of(new Seen(head, userId))).getFirst();
  }

  /// The same with the names that are at hand, for the writer, which waits for no other service.
  public List<ConversationView> atHand(List<Seen> seen) {
    return of(seen, people.known(participants(seen)));
  }

  private List<ConversationView> of(List<Seen> seen, Map<String, Person> names) {
    List<String> lastIds = new ArrayList<>();
    List<ReadPointers.Place> places = new ArrayList<>();
    for (Seen one : seen) {
      lastIds.add(Entry.id(one.head().key(), conversation(one).lastMessage()));
      places.add(place(one));
    }
    Map<String, Entry> lastMessages = entries.find(lastIds);
    Map<ReadPointers.Place, ReadPointers.Pointer> read = pointers.find(places);
    List<Long> unread =
        pointers.unread(
            seen.stream()
                .map(one ->
                    new ReadPointers.At(
                        place(one),
                        read.getOrDefault(place(one), ReadPointers.Pointer.NONE),
                        one.head()))
                .toList());
    List<ConversationView> views = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      views.add(view(seen.get(i), names, lastMessages.get(lastIds.get(i)), unread.get(i)));
    }
    return views;
  }

  private ConversationView view(
      Seen seen, Map<String, Person> names, @Nullable Entry lastMessage, long unread) {
    ConversationDocument conversation = conversation(seen);
    return new ConversationView(
        seen.head().key().id(),
        conversation.type(),
        conversation.title().map(ConversationDocument.Title::name).orElse(null),
        conversation.title().flatMap(ConversationDocument.Title::description).orElse(null),
        conversation.participants().all().stream()
            .map(participant -> view(participant, names.get(participant.id())))
            .toList(),
        conversation.createdBy(),
        conversation.createdAt(),
        lastMessage == null ? null : messages.of(lastMessage, seen.userId()),
        seen.head().seq(),
        unread);
  }

  private ConversationView.ParticipantView view(Participant participant, @Nullable Person now) {
    String avatar = now == null ? participant.avatar() : now.avatar();
    return new ConversationView.ParticipantView(
        participant.id(),
        now == null ? participant.username() : now.username(),
        avatar == null ? null : links.content(avatar),
        participant.role(),
        participant.joinedAt());
  }

  private static Set<String> participants(List<Seen> seen) {
    Set<String> ids = new HashSet<>();
    seen.forEach(one -> ids.addAll(conversation(one).participants().ids()));
    return ids;
  }

  private static ReadPointers.Place place(Seen seen) {
    return new ReadPointers.Place(seen.head().key().id(), seen.userId());
  }

  private static ConversationDocument conversation(Seen seen) {
    return seen.head().state(ConversationDocument.class).orElseThrow();
  }
}
