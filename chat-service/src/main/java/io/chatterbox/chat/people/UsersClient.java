package io.chatterbox.chat.people;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.rest.Internal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What auth-service tells other services about users.
@Path("/internal/users")
public interface UsersClient {

  /// The users with these ids.
  ///
  /// @param ids separated by commas; unknown ones are left out of the answer
  @GET
  Found find(@HeaderParam(Internal.HEADER) String secret, @QueryParam("ids") String ids);

  /// The answer.
  record Found(List<User> users) {
    public Found {
      users = List.copyOf(users);
    }
  }

  /// A user.
  record User(@JsonProperty("_id") String id, String username, @Nullable String avatar) {}
}
