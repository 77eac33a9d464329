package io.chatterbox.contract;

/// What the operator's page wants of all gateways.
///
/// @param replyTo the channel for the answers
/// @param subject what it is about: the beginning of a name, an account's id, or a socket's id
public record OpsQuestion(String id, String replyTo, About about, String subject) {

  /// What is wanted.
  public enum About {
    /// Who is here, by the beginning of the name.
    ACCOUNTS,
    /// The sockets of an account.
    SOCKETS,
    /// That the sockets of an account end.
    CUT_ACCOUNT,
    /// That one socket ends.
    CUT_SOCKET
  }
}
