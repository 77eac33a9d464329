package io.chatterbox.auth.sessions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.auth.Passwords;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.accounts.Statuses;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Presence;
import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Signing up, in, and staying so: `/api/auth`.
@Path("/api/auth")
@RunOnVirtualThread
public class AuthResource {
  private static final int CREATED = 201;

  private final Accounts accounts;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Statuses statuses;
  private final SignedIn signedIn;

  public AuthResource(
      Accounts accounts,
      Sessions sessions,
      Passwords passwords,
      Statuses statuses,
      SignedIn signedIn) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.statuses = statuses;
    this.signedIn = signedIn;
  }

  @POST
  @Path("/register")
  public Response register(Bodies.Register body, HttpServerRequest request) {
    AccountDocument account =
        accounts.create(body.username(), body.email(), passwords.hash(body.password()));
    return Response.status(CREATED).entity(begin(account, request)).build();
  }

  /// The same refusal after the same work, whether or not the address is known.
  @POST
  @Path("/login")
  public Answer login(Bodies.Login body, HttpServerRequest request) {
    AccountDocument account = accounts.withEmail(body.email()).orElse(null);
    boolean isRight =
        account == null
            ? passwords.matchesNobody(body.password())
            : passwords.matches(body.password(), account.passwordHash);
    if (account == null || !isRight) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "The e-mail address or the password is wrong.");
    }
    return begin(account, request);
  }

  @POST
  @Path("/refresh")
  public Answer refresh(Bodies.Refresh body) {
    return Answer.of(sessions.refresh(body.refreshToken()));
  }

  @GET
  @Path("/me")
  public Answer me() {
    AccountDocument account =
        accounts
            .findByIdOptional(signedIn.caller().userId())
            .orElseThrow(() -> new Refusal(ErrorCode.UNAUTHORIZED, "This account is gone."));
    Presence presence = statuses.of(account.id);
    return Answer.of(
        new Me(
            account.id,
            account.username,
            account.email,
            account.avatar,
            presence.status(),
            presence.lastSeen(),
            account.createdAt));
  }

  private Answer begin(AccountDocument account, HttpServerRequest request) {
    String forwardedFor = request.getHeader("X-Forwarded-For");
    String ip =
        forwardedFor == null
            ? Objects.requireNonNullElse(request.remoteAddress().hostAddress(), "")
            : forwardedFor;
    Pair pair =
        sessions.begin(
            account, Objects.requireNonNullElse(request.getHeader("User-Agent"), ""), ip);
    return Answer.of(
        new Begun(
            new User(account.id, account.username, account.email),
            pair.accessToken(),
            pair.refreshToken()));
  }

  /// What signing up or in answers.
  public record Begun(User user, String accessToken, String refreshToken) {}

  /// The account that signed in.
  public record User(@JsonProperty("_id") String id, String username, String email) {}

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
