package io.chatterbox.auth.deletions;

import io.chatterbox.rest.Internal;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/// What every other service is told of accounts.
@Path("/internal/accounts")
public interface AccountsClient {

  /// The account is deleted: what is personal is to be removed or made anonymous. Telling it again
  /// does no harm; an answer means that it is done.
  @DELETE
  @Path("/{userId}")
  Response delete(@HeaderParam(Internal.HEADER) String secret, @PathParam("userId") String userId);
}
