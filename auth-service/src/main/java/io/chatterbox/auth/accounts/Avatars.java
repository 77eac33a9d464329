package io.chatterbox.auth.accounts;

import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.FileLinks;
import io.chatterbox.rest.Peer;
import io.chatterbox.rest.ServicesConfig;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Pictures of people, which are files of chat-service.
@Singleton
public final class Avatars {
  private static final int LONGEST_ID = 100;

  private final Peer<FilesClient> files;
  private final FileLinks links;
  private final String secret;

  Avatars(ServicesConfig services, FileLinks links) {
    this.links = links;
    files = new Peer<>("chat", services.chatUrls(), FilesClient.class);
    secret = services.sharedSecret();
  }

  /// The address of an account's picture, good for a while; null when there is none.
  public @Nullable String url(AccountDocument account) {
    return account.avatar == null ? null : links.content(account.avatar);
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
