package io.chatterbox.contract;

import java.time.Instant;
import java.util.List;

/// A gateway's answer to an [OpsQuestion].
///
/// @param id the question's
/// @param gateway the name of the process that answers
/// @param total accounts or sockets that there are, of which perhaps not all are listed
/// @param sockets that are open, or were cut
public record OpsAnswer(
    String id, String gateway, int total, List<Account> accounts, List<OpenSocket> sockets) {

  public OpsAnswer {
    accounts = List.copyOf(accounts);
    sockets = List.copyOf(sockets);
  }

  /// Somebody who is here.
  public record Account(String userId, String username, int sockets) {}

  /// A socket that speaks for somebody.
  ///
  /// @param sessionId the signed-in device
  /// @param address where it comes from, as the gateway sees it
  public record OpenSocket(
      String socketId,
      String userId,
      String sessionId,
      String gateway,
      String address,
      String userAgent,
      Instant since) {}
}
