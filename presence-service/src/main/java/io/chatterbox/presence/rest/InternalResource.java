package io.chatterbox.presence.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.contract.Presence;
import io.chatterbox.contract.PresenceCommand;
import io.chatterbox.presence.Presences;
import io.chatterbox.presence.live.LiveReads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the other services are told.
@Path("/internal")
@RunOnVirtualThread
public class InternalResource {
  private static final int MOST = 100;

  private final LiveReads live;
  private final Presences presences;

  public InternalResource(LiveReads live, Presences presences) {
    this.live = live;
    this.presences = presences;
  }

  /// The people in a room, the latest to come first.
  @GET
  @Path("/rooms/occupants")
  public Occupants occupants(
      @QueryParam("room") @DefaultValue("") String room,
      @QueryParam("most") @DefaultValue("100") int most) {
    LiveReads.Room found = live.room(room, Math.clamp(most, 1, MOST));
    List<PresenceCommand.Person> people = found.state().people();
    Map<String, PresenceCommand.PersonState> states =
        live.people(people.stream().map(PresenceCommand.Person::userId).toList());
    return new Occupants(
        found.count(),
        people.stream()
            .map(person ->
                new Occupant(
                    person.userId(), person.username(), status(states.get(person.userId()))))
            .toList());
  }

  /// Whoever is in a room is not offline, even if his own partition has not heard of him yet.
  private static String status(PresenceCommand.@Nullable PersonState state) {
    return state == null || state.status().equals("offline") ? "online" : state.status();
  }

  /// @param rooms separated by commas
  @GET
  @Path("/rooms/counts")
  public Counts counts(@QueryParam("rooms") @DefaultValue("") String rooms) {
    return new Counts(live.counts(List.of(rooms.split(",", -1))));
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
