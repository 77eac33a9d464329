package io.chatterbox.auth.sessions;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Devices that are signed in: `/api/auth/sessions`.
@Path("/api/auth/sessions")
@RunOnVirtualThread
public class SessionsResource {
  private final Sessions sessions;
  private final SignedIn signedIn;

  public SessionsResource(Sessions sessions, SignedIn signedIn) {
    this.sessions = sessions;
    this.signedIn = signedIn;
  }

  /// The caller's signed-in devices, the one used last first.
  @GET
  public Answer.Data<Listed> list(
      @QueryParam("page") @Nullable String page, @QueryParam("limit") @Nullable String limit) {
    Paging paging = Paging.read(page, limit);
    Caller caller = signedIn.caller();
    List<SessionDocument> all = sessions.ofUser(caller.userId());
    return Answer.of(
        new Listed(
            all.stream()
                .skip(paging.skip())
                .limit(paging.limit())
                .map(session -> view(session, caller))
                .toList(),
            paging.view(all.size())));
  }

  /// Signs a device out.
  @DELETE
  @Path("/{id}")
  @Refuses(NOT_FOUND)
  public Answer.Done end(@PathParam("id") String id) {
    sessions.end(signedIn.caller().userId(), id);
    return Answer.done("This device is signed out.");
  }

  private static View view(SessionDocument session, Caller caller) {
    return new View(
        session.id,
        session.userAgent,
        session.ip,
        session.createdAt,
        session.lastUsed,
        session.id.equals(caller.sessionId()));
  }

  /// A page of sessions.
  @Shape(name = "SessionList")
  public record Listed(List<View> sessions, Paging.View pagination) {
    public Listed {
      sessions = List.copyOf(sessions);
    }
  }

  /// A signed-in device.
  ///
  /// @param current whether it is the one that asks
  @Shape(name = "Session")
  public record View(
      @JsonProperty("_id") String id,
      String userAgent,
      String ip,
      Instant createdAt,
      Instant lastUsed,
      boolean current) {}
}
