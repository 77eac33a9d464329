package io.chatterbox.auth.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Users as other services need them.
@Path("/internal/users")
@RunOnVirtualThread
public class InternalUsersResource {
  private final Accounts accounts;

  public InternalUsersResource(Accounts accounts) {
    this.accounts = accounts;
  }

  /// @param ids separated by commas; unknown ones are left out of the answer
  @GET
  public Found find(@QueryParam("ids") @DefaultValue("") String ids) {
    return new Found(
        accounts.withIds(List.of(ids.split(",", -1))).stream()
            .map(account -> new User(account.id, account.username, account.avatar))
            .toList());
  }

  /// The answer.
  public record Found(List<User> users) {
    public Found {
      users = List.copyOf(users);
    }
  }

  /// A user.
  public record User(@JsonProperty("_id") String id, String username, @Nullable String avatar) {}
}
