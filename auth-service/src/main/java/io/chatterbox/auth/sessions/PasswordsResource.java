package io.chatterbox.auth.sessions;

import static io.chatterbox.contract.ErrorCode.CONFLICT;
import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.UNAUTHORIZED;

import io.chatterbox.auth.Passwords;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.limits.Attempts;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.rest.Answer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/// Passwords that change or were forgotten: `/api/auth`.
@Path("/api/auth")
@RunOnVirtualThread
public class PasswordsResource {
  private final Owner owner;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Attempts attempts;
  private final Forgotten forgotten;

  PasswordsResource(
      Owner owner,
      Accounts accounts,
      Sessions sessions,
      Passwords passwords,
      Attempts attempts,
      Forgotten forgotten) {
    this.owner = owner;
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.attempts = attempts;
    this.forgotten = forgotten;
  }

  /// Changes the password. Ends all other sessions, and what was known of this one's tokens.
  @POST
  @Path("/change-password")
  @Refuses({FORBIDDEN, CONFLICT})
  public Answer.Data<Pair> change(Bodies.ChangePassword body, HttpServerRequest request) {
    AccountDocument account = owner.proven(body.currentPassword(), request);
    String hash = passwords.hash(body.newPassword());
    if (!accounts.changePassword(account, hash)) {
      throw new Refusal(ErrorCode.CONFLICT, "The password was changed elsewhere just now.");
    }
    account.passwordHash = hash;
    forgotten.forget(account.id);
    Caller caller = owner.caller();
    sessions.endOthers(account.id, caller.sessionId());
    return Answer.of(sessions.renew(account, caller.sessionId()));
  }

  /// Asks for a letter with a token. The same answer in the same time, whether or not anybody has
  /// this address.
  @POST
  @Path("/forgot-password")
  public Answer.Done forgot(Bodies.ForgotPassword body, HttpServerRequest request) {
    attempts.take("forgot", body.email(), Device.of(request).ip());
    forgotten.write(body.email());
    return Answer.done("If there is an account with this address, a letter is on its way.");
  }

  /// Sets another password with the token from the letter, and ends all sessions.
  @POST
  @Path("/reset-password")
  @Refuses(UNAUTHORIZED)
  public Answer.Done reset(Bodies.ResetPassword body, HttpServerRequest request) {
    attempts.take("reset", body.token(), Device.of(request).ip());
    String hash = passwords.hash(body.newPassword());
    AccountDocument account = forgotten.owner(body.token()).orElseThrow(PasswordsResource::notGood);
    if (!accounts.changePassword(account, hash)) {
      throw notGood();
    }
    forgotten.forget(account.id);
    sessions.endOthers(account.id, "");
    return Answer.done("The password is changed. Sign in with it.");
  }

  private static Refusal notGood() {
    return new Refusal(ErrorCode.UNAUTHORIZED, "This token is not valid any more.");
  }
}
