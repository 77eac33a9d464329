package io.chatterbox.auth.sessions;

import static io.chatterbox.contract.ErrorCode.CONFLICT;
import static io.chatterbox.contract.ErrorCode.TOKEN_EXPIRED;
import static io.chatterbox.contract.ErrorCode.UNAUTHORIZED;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.auth.Passwords;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.limits.Attempts;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
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

  /// Makes an account and signs in.
  @POST
  @Path("/register")
  @Answers(status = 201, shape = "SignedIn")
  @Refuses(CONFLICT)
  public Response register(Bodies.Register body, HttpServerRequest request) {
    AccountDocument account =
        accounts.create(body.username(), body.email(), passwords.hash(body.password()));
    return Response.status(CREATED).entity(begin(account, Device.of(request))).build();
  }

  /// Signs in. The same refusal after the same work, whether or not the address is known.
  @POST
  @Path("/login")
  @Refuses(UNAUTHORIZED)
  public Answer.Data<Begun> login(Bodies.Login body, HttpServerRequest request) {
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

  /// Changes a refresh token for a new pair of tokens. One that was changed before ends the
  /// session.
  @POST
  @Path("/refresh")
  @Refuses({UNAUTHORIZED, TOKEN_EXPIRED})
  public Answer.Data<Pair> refresh(Bodies.Refresh body) {
    return Answer.of(sessions.refresh(body.refreshToken()));
  }

  /// Ends this session: its refresh tokens, its sockets and its access tokens.
  @POST
  @Path("/logout")
  public Answer.Done logout() {
    sessions.end(List.of(signedIn.caller().sessionId()));
    return Answer.done("You are signed out.");
  }

  private Answer.Data<Begun> begin(AccountDocument account, Device device) {
    Pair pair = sessions.begin(account, device.userAgent(), device.ip());
    return Answer.of(
        new Begun(
            new User(account.id, account.username, account.email),
            pair.accessToken(),
            pair.refreshToken()));
  }

  /// What signing up or in answers.
  @Shape(name = "SignedIn")
  public record Begun(User user, String accessToken, String refreshToken) {}

  /// The account that signed in.
  @Shape(name = "Account")
  public record User(@JsonProperty("_id") String id, String username, String email) {}
}
