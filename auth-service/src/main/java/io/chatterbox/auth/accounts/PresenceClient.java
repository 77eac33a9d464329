package io.chatterbox.auth.accounts;

import io.chatterbox.contract.Presence;
import io.chatterbox.rest.Internal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/// What presence-service tells other services about users.
@Path("/internal/presence")
public interface PresenceClient {

  /// @param ids separated by commas; users never seen are left out
  @GET
  Found find(@HeaderParam(Internal.HEADER) String secret, @QueryParam("ids") String ids);

  /// The answer.
  record Found(List<Presence> presence) {
    public Found {
      presence = List.copyOf(presence);
    }
  }
}
