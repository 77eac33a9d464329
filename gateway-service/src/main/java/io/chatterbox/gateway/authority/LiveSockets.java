package io.chatterbox.gateway.authority;

import io.chatterbox.contract.Revocation;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The sockets that speak for somebody, by what a revocation may name. From any thread.
///
/// A socket is added first and its token checked after: a revocation that comes in between either
/// finds the socket here, or is found by the check.
@Singleton
final class LiveSockets {
  private final Map<String, Set<Authority>> bySubject = new ConcurrentHashMap<>();

  void add(Token token, Authority authority) {
    add(Revocation.ofSession(token.sessionId()), authority);
    add(Revocation.ofUser(token.userId()), authority);
  }

  /// Takes a socket out that ends.
  void remove(Token token, Authority authority) {
    removeFromSession(token, authority);
    remove(Revocation.ofUser(token.userId()), authority);
  }

  /// Takes a socket out that goes on with another session of the same user.
  void removeFromSession(Token token, Authority authority) {
    remove(Revocation.ofSession(token.sessionId()), authority);
  }

  /// Ends those that live by these tokens.
  void revoked(String subject) {
    bySubject.getOrDefault(subject, Set.of()).forEach(authority -> authority.revoked(subject));
  }

  private void add(String subject, Authority authority) {
    bySubject.compute(
        subject,
        (_, known) -> {
          Set<Authority> sockets = known == null ? ConcurrentHashMap.newKeySet(2) : known;
          sockets.add(authority);
          return sockets;
        });
  }

  private void remove(String subject, Authority authority) {
    bySubject.computeIfPresent(
        subject,
        (_, sockets) -> {
          sockets.remove(authority);
          return sockets.isEmpty() ? null : sockets;
        });
  }
}
