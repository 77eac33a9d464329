package io.chatterbox.auth.profile;

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

  @GET
  public Answer read() {
    return profile(owner.account());
  }

  @PATCH
  public Answer change(Bodies.Change body) {
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
  public Answer delete(Bodies.Delete body, HttpServerRequest request) {
    deletions.begin(owner.proven(body.password(), request));
    return Answer.done("Your account is deleted.");
  }

  private Answer profile(AccountDocument account) {
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
  public record Me(
      @JsonProperty("_id") String id,
      String username,
      String email,
      @Nullable String avatar,
      String status,
      @Nullable Instant lastSeen,
      Instant createdAt) {}
}
