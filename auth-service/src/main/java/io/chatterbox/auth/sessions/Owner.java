package io.chatterbox.auth.sessions;

import io.chatterbox.auth.Passwords;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.limits.Attempts;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.SignedIn;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// The account of who calls, for what needs its password once more.
@Singleton
public class Owner {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Attempts attempts;
  private final SignedIn signedIn;

  Owner(Accounts accounts, Passwords passwords, Attempts attempts, SignedIn signedIn) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.attempts = attempts;
    this.signedIn = signedIn;
  }

  Caller caller() {
    return signedIn.caller();
  }

  /// @throws Refusal `UNAUTHORIZED` when the account is gone
  public AccountDocument account() {
    return accounts
        .findByIdOptional(caller().userId())
        .orElseThrow(() -> new Refusal(ErrorCode.UNAUTHORIZED, "This account is gone."));
  }

  /// The account, if this is its password. Whoever has found an open device must not guess it.
  ///
  /// @throws Refusal `FORBIDDEN` when it is not, `RATE_LIMITED` when it was tried too often
  public AccountDocument proven(String password, HttpServerRequest request) {
    attempts.take("password", caller().userId(), Device.of(request).ip());
    AccountDocument account = account();
    if (!passwords.matches(password, account.passwordHash)) {
      throw new Refusal(ErrorCode.FORBIDDEN, "The password is wrong.");
    }
    return account;
  }
}
