package io.chatterbox.auth.accounts;

import io.chatterbox.rest.Internal;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// What chat-service does with files for other services.
@Path("/internal/users")
public interface FilesClient {

  /// Keeps a file as the user's picture, in place of the one before, if it is an image of his own.
  @PUT
  @Path("/{userId}/avatar/{fileId}")
  Kept keep(
      @HeaderParam(Internal.HEADER) String secret,
      @PathParam("userId") String userId,
      @PathParam("fileId") String fileId);

  /// The answer.
  ///
  /// @param kept whether there is such an image of his own
  record Kept(boolean kept) {}
}
