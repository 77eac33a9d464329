package io.chatterbox.presence.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.contract.Presence;
import io.chatterbox.presence.Presences;
import io.chatterbox.presence.live.LiveState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the other services are told.
@Path("/internal")
@RunOnVirtualThread
public class InternalResource {
  private static final int MOST = 100;

  private final LiveState live;
  private final Presences presences;

  public InternalResource(LiveState live, Presences presences) {
    this.live = live;
    this.presences = presences;
  }

  /// The people in a room, the latest to come first.
  @GET
  @Path("/rooms/occupants")
  public Occupants occupants(
      @QueryParam("room") @DefaultValue("") String room,
      @QueryParam("most") @DefaultValue("100") int most) {
    return new Occupants(
        live.countInside(room),
        live.inside(room, Math.clamp(most, 1, MOST)).stream()
            .map(inside ->
                new Occupant(
                    inside.userId(),
                    inside.username(),
                    live.find(inside.userId()).map(LiveState.Live::status).orElse("online")))
            .toList());
  }

  /// @param rooms separated by commas
  @GET
  @Path("/rooms/counts")
  public Counts counts(@QueryParam("rooms") @DefaultValue("") String rooms) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String room : rooms.split(",", -1)) {
      counts.put(room, live.countInside(room));
    }
    return new Counts(counts);
  }

  /// @param ids of users, separated by commas
  @GET
  @Path("/presence")
  public Found presence(@QueryParam("ids") @DefaultValue("") String ids) {
    return new Found(ids.isEmpty() ? List.of() : presences.find(List.of(ids.split(",", -1))));
  }

  /// Who is in a room.
  public record Occupants(long userCount, List<Occupant> users) {
    public Occupants {
      users = List.copyOf(users);
    }
  }

  /// Somebody in a room.
  public record Occupant(@JsonProperty("_id") String id, String username, String status) {}

  /// How many are in each room.
  public record Counts(Map<String, Long> counts) {
    public Counts {
      counts = Map.copyOf(counts);
    }
  }

  /// Users' presence.
  public record Found(List<Presence> presence) {
    public Found {
      presence = List.copyOf(presence);
    }
  }
}
