package io.chatterbox.gateway.fanout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session as another connection takes it up: who it was, and how far it has heard what.
///
/// @param id of its socket
/// @param pid what its client alone knows
/// @param offset the client's, after which it has heard nothing
/// @param late the session of a token that did not come with the handshake
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Session(
    Person person, String id, String pid, String offset, @Nullable Late late, List<Place> places) {
  public Session {
    places = List.copyOf(places);
  }

  /// A token that came by `auth`: a client that comes back does not send it again.
  ///
  /// @param sessionId the signed-in device
  public record Late(String sessionId, Instant expiresAt) {}

  /// One key.
  ///
  /// @param rev every change up to this was heard
  /// @param skip and so many events of the next
  /// @param known up to here the spans say who was in and who was not
  public record Place(Key key, long rev, int skip, long known, List<Span> spans) {
    public Place {
      spans = List.copyOf(spans);
    }

    /// Where somebody has just come in.
    static Place from(Key key, long rev) {
      return new Place(key, rev, 0, rev, List.of(Span.takingPart(rev)));
    }
  }
}
