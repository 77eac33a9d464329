package io.chatterbox.gateway.fanout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.gateway.fanout.Session.Late;
import io.chatterbox.gateway.fanout.Session.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session that was cut, and may be taken up again.
///
/// @param since what was told under this number and less was heard, or does not matter
/// @param from what was told to everybody up to this number was not for it: it was not in yet, or
///   heard everything by itself
/// @param until the last number that was told when it was cut
/// @param offset what its client may name as well: it has heard nothing since it was taken up the
///   last time
/// @param resumedAt the number for that
/// @param late the session of a token that did not come with the handshake
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stay(
    Person person,
    String id,
    String pid,
    long since,
    long from,
    long until,
    String offset,
    long resumedAt,
    @Nullable Late late,
    List<Kept> kept) {

  public Stay {
    kept = List.copyOf(kept);
  }

  /// What was heard of one key.
  ///
  /// @param begun how far its client had come when it came back: its numbers do not tell that it
  ///   had heard the first events of a change whose others were told under new ones
  /// @param last what was told of it
  /// @param known up to here the spans say who was in and who was not
  /// @param own what was told to this session alone
  /// @param ofUser what was told to its user alone
  public record Kept(
      Key key,
      Position begun,
      Position last,
      long known,
      List<Span> spans,
      List<Told.Change> own,
      List<Told.Change> ofUser) {
    public Kept {
      spans = List.copyOf(spans);
      own = List.copyOf(own);
      ofUser = List.copyOf(ofUser);
    }
  }

  /// How far a client has heard each key that has received nothing after a number.
  public interface Heard {
    /// Whether it is still known what was told of a key after a number.
    boolean knows(Key key, long number);

    /// @param until what was told after this number does not count: who comes back may have begun
    ///   to hear a key again where he was
    Position heard(Key key, long number, long until, Position otherwise);
  }

  /// Whether somebody may have it who has brought this user's token, or none.
  public boolean isHis(@Nullable String userId) {
    return userId == null ? late != null : person.userId().equals(userId);
  }

  /// The session of a client that has heard this number last; empty when it is not known any more
  /// what that was.
  public Optional<Session> at(long number, String named, Heard heard) {
    List<Place> places = new ArrayList<>(kept.size());
    for (Kept one : kept) {
      if (!heard.knows(one.key(), Math.max(number, from))) {
        return Optional.empty();
      }
      place(one, number, heard).ifPresent(places::add);
    }
    return Optional.of(new Session(person, id, pid, named, late, places));
  }

  /// Empty when nothing can come of it any more.
  private Optional<Place> place(Kept kept, long number, Heard heard) {
    Position last = kept.last();
    long common = Math.max(number, from);
    Position heardUpTo =
        last.orEarlier(heard.heard(kept.key(), common, until, last))
            .orEarlier(Told.of(kept.ofUser()).heard(common, until, last))
            .orEarlier(Told.of(kept.own()).heard(number, until, last))
            .orLater(kept.begun());
    List<Span> spans = Span.after(heardUpTo.rev(), kept.spans());
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    // what came before anything was heard does not have to be read
    long begins = spans.stream().mapToLong(Span::before).min().orElseThrow();
    Position start = heardUpTo.orLater(Position.at(begins));
    return Optional.of(new Place(kept.key(), start.rev(), start.skip(), kept.known(), spans));
  }
}
