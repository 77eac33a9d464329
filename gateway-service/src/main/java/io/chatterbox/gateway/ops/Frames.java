package io.chatterbox.gateway.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.DeadLetter;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.OpsAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a page is sent besides pictures.
final class Frames {
  private Frames() {}

  /// The token is good until then.
  record Welcome(String type, String username, String gateway, Instant expiresAt) {
    Welcome(String username, String gateway, Instant expiresAt) {
      this("welcome", username, gateway, expiresAt);
    }
  }

  /// The feed is closed.
  record Refused(String type, Failure error) {
    Refused(Failure error) {
      this("refused", error);
    }
  }

  /// The answer to a wish.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reply(
      String type, long id, boolean success, @Nullable Object data, @Nullable Failure error) {
    static Reply done(long id, Object data) {
      return new Reply("reply", id, true, data, null);
    }

    static Reply refused(long id, Failure error) {
      return new Reply("reply", id, false, null, error);
    }
  }

  /// Dead letters, the newest of so many.
  record Letters(List<DeadLetter> letters, long total) {
    Letters {
      letters = List.copyOf(letters);
    }
  }

  /// Who is online.
  ///
  /// @param silent gateways that did not answer
  record Accounts(List<OpsAnswer.Account> accounts, int total, List<String> silent) {
    Accounts {
      accounts = List.copyOf(accounts);
      silent = List.copyOf(silent);
    }
  }

  /// Sockets of all gateways.
  record Sockets(List<OpsAnswer.OpenSocket> sockets, int total, List<String> silent) {
    Sockets {
      sockets = List.copyOf(sockets);
      silent = List.copyOf(silent);
    }
  }

  /// Something was done that has no result.
  record Nothing() {}
}
