package io.chatterbox.chat.conversations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// The people of a conversation, in the order of their coming. Immutable, and shared by all states
/// of the conversation between two changes.
public final class Participants {
  private final long rev;
  private final List<Participant> all;
  private final Map<String, Participant> byId = new LinkedHashMap<>();

  /// The people from a change on.
  ///
  /// @param rev the conversation's `rev` that made it so
  public Participants(long rev, List<Participant> all) {
    this.rev = rev;
    this.all = List.copyOf(all);
    this.all.forEach(participant -> byId.put(participant.id(), participant));
  }

  public List<Participant> all() {
    return all;
  }

  public List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  public Optional<Participant> find(String userId) {
    return Optional.ofNullable(byId.get(userId));
  }

  public boolean has(String userId) {
    return byId.containsKey(userId);
  }

  static Participants of(Document document) {
    return new Participants(
        document.getLong("rev"),
        document.getList("list", Document.class).stream().map(Participant::of).toList());
  }

  Document document() {
    return new Document("rev", rev)
        .append("list", all.stream().map(Participant::document).toList());
  }
}
