package io.chatterbox.auth.profile;

import static io.chatterbox.contract.ErrorCode.CONFLICT;
import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;
import static io.chatterbox.contract.ErrorCode.UNSUPPORTED_MEDIA_TYPE;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.accounts.Avatars;
import io.chatterbox.auth.accounts.Statuses;
import io.chatterbox.auth.deletions.Deletions;
import io.chatterbox.auth.sessions.Bodies;
import io.chatterbox.auth.sessions.Owner;
import io.chatterbox.contract.Presence;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One's own profile: `/api/auth/me`.
@Path("/api/auth/me")
@RunOnVirtualThread
public class ProfileResource {
  private final Owner owner;
  private final Accounts accounts;
  private final Avatars avatars;
  private final Deletions deletions;
  private final Statuses statuses;

  ProfileResource(
      Owner owner, Accounts accounts, Avatars avatars, Deletions deletions, Statuses statuses) {
    this.owner = owner;
    this.accounts = accounts;
    this.avatars = avatars;
    this.deletions = deletions;
    this.statuses = statuses;
  }

  /// One's own profile.
  @GET
  public Answer.Data<Me> read() {
    return profile(owner.account());
  }

  /// Changes one's name or picture.
  @PATCH
  @Refuses({NOT_FOUND, CONFLICT, UNSUPPORTED_MEDIA_TYPE})
  public Answer.Data<Me> change(Bodies.Change body) {
    AccountDocument account = owner.account();
    JsonNode avatar = body.avatar();
    if (avatar != null && !avatar.isNull()) {
      avatars.check(account.id, avatar.textValue());
    }
    if (body.username() != null) {
      accounts.rename(account, body.username());
    }
    if (avatar != null) {
      accounts.showAs(account.id, avatar.textValue());
    }
    return profile(owner.account());
  }

  /// Deletes the account everywhere; it cannot be undone.
  @DELETE
  @Refuses(FORBIDDEN)
  public Answer.Done delete(Bodies.Delete body, HttpServerRequest request) {
    deletions.begin(owner.proven(body.password(), request));
    return Answer.done("Your account is deleted.");
  }

  private Answer.Data<Me> profile(AccountDocument account) {
    Presence presence = statuses.of(account.id);
    return Answer.of(
        new Me(
            account.id,
            account.username,
            account.email,
            avatars.url(account),
            presence.status(),
            presence.lastSeen(),
            account.createdAt));
  }

  /// One's own profile.
  @Shape(name = "OwnProfile")
  public record Me(
      @JsonProperty("_id") String id,
      String username,
      String email,
      @Nullable String avatar,
      @Shape(name = "Status") String status,
      @Nullable Instant lastSeen,
      Instant createdAt) {}
}
