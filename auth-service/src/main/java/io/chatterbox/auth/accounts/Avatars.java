package io.chatterbox.auth.accounts;

import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.Peer;
import io.chatterbox.rest.ServicesConfig;
import jakarta.inject.Singleton;

/// Pictures of people, which are files of chat-service.
@Singleton
public final class Avatars {
  private static final int LONGEST_ID = 100;

  private final Peer<FilesClient> files;
  private final String secret;

  Avatars(ServicesConfig services) {
    files = new Peer<>("chat", services.chatUrls(), FilesClient.class);
    secret = services.sharedSecret();
  }

  /// Makes sure that the file is an image of this user's own.
  ///
  /// @throws Refusal `NOT_FOUND` when it is not, `UNAVAILABLE` when chat-service does not answer
  public void check(String userId, String fileId) {
    if (fileId.isEmpty()
        || fileId.length() > LONGEST_ID
        || !files.ask(client -> client.keep(secret, userId, fileId)).kept()) {
      throw Refusal.notFound("You have no such image.");
    }
  }
}
