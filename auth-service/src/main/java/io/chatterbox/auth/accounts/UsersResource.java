package io.chatterbox.auth.accounts;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.contract.Presence;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Other people: `/api/users`.
@Path("/api/users")
@RunOnVirtualThread
public class UsersResource {
  private final Accounts accounts;
  private final Avatars avatars;
  private final Statuses statuses;

  public UsersResource(Accounts accounts, Avatars avatars, Statuses statuses) {
    this.accounts = accounts;
    this.avatars = avatars;
    this.statuses = statuses;
  }

  /// Everybody whose name begins with `q` (without case; without it: all), by name.
  @GET
  public Answer.Data<Listed> list(
      @QueryParam("q") @Nullable String q,
      @QueryParam("page") @Nullable String page,
      @QueryParam("limit") @Nullable String limit) {
    Paging paging = Paging.read(page, limit);
    String beginning = q == null ? "" : q;
    List<AccountDocument> found = accounts.named(beginning, paging.skip(), paging.limit());
    Map<String, Presence> presence =
        statuses.of(found.stream().map(account -> account.id).toList());
    return Answer.of(
        new Listed(
            found.stream()
                .map(account ->
                    new User(
                        account.id,
                        account.username,
                        avatars.url(account),
                        Objects.requireNonNull(presence.get(account.id)).status()))
                .toList(),
            paging.view(accounts.countNamed(beginning))));
  }

  /// Somebody's profile.
  @GET
  @Path("/{id}")
  @Refuses(NOT_FOUND)
  public Answer.Data<Profile> find(@PathParam("id") String id) {
    AccountDocument account =
        accounts.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("There is no such user."));
    Presence presence = statuses.of(id);
    return Answer.of(
        new Profile(
            account.id,
            account.username,
            avatars.url(account),
            presence.status(),
            presence.lastSeen(),
            account.createdAt));
  }

  /// A page of users.
  @Shape(name = "UserList")
  public record Listed(List<User> users, Paging.View pagination) {
    public Listed {
      users = List.copyOf(users);
    }
  }

  /// A user in a list.
  @Shape(name = "ListedUser")
  public record User(
      @JsonProperty("_id") String id,
      String username,
      @Nullable String avatar,
      @Shape(name = "Status") String status) {}

  /// A user alone.
  public record Profile(
      @JsonProperty("_id") String id,
      String username,
      @Nullable String avatar,
      @Shape(name = "Status") String status,
      @Nullable Instant lastSeen,
      Instant createdAt) {}
}
