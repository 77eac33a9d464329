package io.chatterbox.chat.rooms;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Internal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;

/// What presence-service tells other services about rooms.
@Path("/internal/rooms")
public interface OccupantsClient {

  /// The people in a room.
  ///
  /// @param most so many of the latest to come
  @GET
  @Path("/occupants")
  Occupants occupants(
      @HeaderParam(Internal.HEADER) String secret,
      @QueryParam("room") String room,
      @QueryParam("most") int most);

  /// The numbers of people in rooms.
  ///
  /// @param rooms separated by commas
  @GET
  @Path("/counts")
  Counts counts(@HeaderParam(Internal.HEADER) String secret, @QueryParam("rooms") String rooms);

  /// Who is in a room.
  record Occupants(long userCount, List<Occupant> users) {
    public Occupants {
      users = List.copyOf(users);
    }
  }

  /// Somebody in a room.
  record Occupant(
      @JsonProperty("_id") String id, String username, @Shape(name = "Status") String status) {}

  /// How many are in each room; rooms with nobody in them may be missing.
  record Counts(Map<String, Long> counts) {
    public Counts {
      counts = Map.copyOf(counts);
    }
  }
}
