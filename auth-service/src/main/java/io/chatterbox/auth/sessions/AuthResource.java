package io.chatterbox.auth.sessions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.auth.Passwords;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.limits.Attempts;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// Signing up, in and out, and staying signed in: `/api/auth`.
@Path("/api/auth")
@RunOnVirtualThread
public class AuthResource {
  private static final int CREATED = 201;

  private final Accounts accounts;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Attempts attempts;
  private final SignedIn signedIn;

  public AuthResource(
      Accounts accounts,
      Sessions sessions,
      Passwords passwords,
      Attempts attempts,
      SignedIn signedIn) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.attempts = attempts;
    this.signedIn = signedIn;
  }

  @POST
  @Path("/register")
  public Response register(Bodies.Register body, HttpServerRequest request) {
    AccountDocument account =
        accounts.create(body.username(), body.email(), passwords.hash(body.password()));
    return Response.status(CREATED).entity(begin(account, Device.of(request))).build();
  }

  /// The same refusal after the same work, whether or not the address is known.
  @POST
  @Path("/login")
  public Answer login(Bodies.Login body, HttpServerRequest request) {
    Device device = Device.of(request);
    attempts.take("login", body.email(), device.ip());
    AccountDocument account = accounts.withEmail(body.email()).orElse(null);
    boolean isRight =
        account == null
            ? passwords.matchesNobody(body.password())
            : passwords.matches(body.password(), account.passwordHash);
    if (account == null || !isRight) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "The e-mail address or the password is wrong.");
    }
    return begin(account, device);
  }

  @POST
  @Path("/refresh")
  public Answer refresh(Bodies.Refresh body) {
    return Answer.of(sessions.refresh(body.refreshToken()));
  }

  @POST
  @Path("/logout")
  public Answer logout() {
    sessions.end(List.of(signedIn.caller().sessionId()));
    return Answer.done("You are signed out.");
  }

  private Answer begin(AccountDocument account, Device device) {
    Pair pair = sessions.begin(account, device.userAgent(), device.ip());
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
}
