package io.chatterbox.chat.files;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// People's pictures, which auth-service knows and keeps here.
@Path("/internal/users/{userId}/avatar/{fileId}")
@RunOnVirtualThread
public class PicturesResource {
  private final Files files;

  PicturesResource(Files files) {
    this.files = files;
  }

  /// Whether there is such an image of his own.
  public record Kept(boolean kept) {}

  /// Keeps a file as a user's picture, in place of the one before, if it is an image of his own.
  @PUT
  public Kept keep(@PathParam("userId") String userId, @PathParam("fileId") String fileId) {
    return new Kept(files.keepPicture(userId, fileId));
  }
}
