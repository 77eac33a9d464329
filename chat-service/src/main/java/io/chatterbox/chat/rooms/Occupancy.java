package io.chatterbox.chat.rooms;

import io.chatterbox.chat.peers.Peer;
import io.chatterbox.chat.peers.PeersConfig;
import io.chatterbox.chat.rooms.OccupantsClient.Occupant;
import io.chatterbox.chat.rooms.OccupantsClient.Occupants;
import io.chatterbox.contract.Caller;
import io.chatterbox.rest.ServicesConfig;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who is inside, as presence-service tells it.
@Singleton
class Occupancy {
  private static final int MOST_USERS = 100;

  private final Peer<OccupantsClient> presence;
  private final String secret;

  Occupancy(PeersConfig peers, ServicesConfig services) {
    presence = new Peer<>("presence", peers.presenceUrls(), OccupantsClient.class);
    secret = services.sharedSecret();
  }

  /// The people in a room, with somebody who is just coming in and may not be reported yet.
  ///
  /// @throws io.chatterbox.contract.Refusal `UNAVAILABLE` when presence-service does not answer
  Occupants with(Caller caller, String room) {
    Occupants inside = presence.ask(client -> client.occupants(secret, room, MOST_USERS));
    if (inside.users().stream().anyMatch(user -> user.id().equals(caller.userId()))) {
      return inside;
    }
    // among the latest 100 he would be if he were reported, so he is not; or there are more than
    // these, and he came earlier
    boolean isReported = inside.userCount() > inside.users().size();
    List<Occupant> users = new ArrayList<>(inside.users());
    if (users.size() >= MOST_USERS) {
      users.removeLast();
    }
    users.addFirst(new Occupant(caller.userId(), caller.username(), "online"));
    return new Occupants(inside.userCount() + (isReported ? 0 : 1), users);
  }

  /// How many people are in each of these rooms.
  ///
  /// @throws io.chatterbox.contract.Refusal `UNAVAILABLE` when presence-service does not answer
  Map<String, Long> counts(List<String> rooms) {
    return rooms.isEmpty()
        ? Map.of()
        : presence.ask(client -> client.counts(secret, String.join(",", rooms))).counts();
  }
}
