package io.chatterbox.chat.conversations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

  public boolean isAdmin(String userId) {
    return find(userId).map(Participant::isAdmin).orElse(false);
  }

  /// Who is admin when this one leaves: the oldest member, if he was the only one.
  public Optional<Participant> successorOf(String userId) {
    return isLastAdmin(userId)
        ? all.stream().filter(participant -> !participant.id().equals(userId)).findFirst()
        : Optional.empty();
  }

  public boolean isLastAdmin(String userId) {
    return isAdmin(userId) && all.stream().filter(Participant::isAdmin).count() == 1;
  }

  /// With more people.
  public Participants with(List<Participant> more, long since) {
    return new Participants(since, Stream.concat(all.stream(), more.stream()).toList());
  }

  public Participants without(String userId, long since) {
    return new Participants(
        since, all.stream().filter(participant -> !participant.id().equals(userId)).toList());
  }

  /// With somebody in another role.
  public Participants with(String userId, String role, long since) {
    return changed(userId, participant -> participant.as(role), since);
  }

  /// With somebody's account deleted.
  public Participants withGone(String userId, long since) {
    return changed(userId, Participant::gone, since);
  }

  private Participants changed(String userId, UnaryOperator<Participant> change, long since) {
    return new Participants(
        since,
        all.stream()
            .map(participant ->
                participant.id().equals(userId) ? change.apply(participant) : participant)
            .toList());
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
