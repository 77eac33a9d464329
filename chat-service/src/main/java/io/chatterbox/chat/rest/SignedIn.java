package io.chatterbox.chat.rest;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who makes the request, as the access token says.
@RequestScoped
public class SignedIn {
  private final JsonWebToken token;

  SignedIn(JsonWebToken token) {
    this.token = token;
  }

  /// The caller.
  ///
  /// @throws Refusal `UNAUTHORIZED` without a good token
  public Caller caller() {
    String id = token.getSubject();
    String username = token.getClaim("username");
    String session = token.getClaim("sid");
    if (id == null || username == null) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first.");
    }
    return new Caller(id, username, session == null ? "" : session, "");
  }
}
