package io.chatterbox.rest;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/// Who makes this request.
@RequestScoped
public class SignedIn {
  private @Nullable Caller caller;

  /// The caller, as the access token names him.
  ///
  /// @throws Refusal `UNAUTHORIZED` on a path that is open
  public Caller caller() {
    Caller known = caller;
    if (known == null) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first.");
    }
    return known;
  }

  void is(Caller known) {
    caller = known;
  }
}
