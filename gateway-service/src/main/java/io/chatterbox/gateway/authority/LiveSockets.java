package io.chatterbox.gateway.authority;

import io.chatterbox.contract.Revocation;
import io.chatterbox.engineio.ConnectRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The sockets that speak for somebody, by what a revocation may name. From any thread.
///
/// A socket is added first and its token checked after: a revocation that comes in between either
/// finds the socket here, or is found by the check.
@Singleton
public final class LiveSockets {
  private final Map<String, Set<Authority>> bySubject = new ConcurrentHashMap<>();
  private final Map<Authority, Token> tokens = new ConcurrentHashMap<>();

  @Inject
  LiveSockets() {}

  /// A socket and whom it speaks for.
  ///
  /// @param request the request that opened its session
  /// @param epochMillis when it connected
  public record Seen(String socketId, Token token, ConnectRequest request, long epochMillis) {}

  /// Every socket that speaks for somebody.
  public Stream<Seen> all() {
    return tokens.entrySet().stream().map(entry -> entry.getKey().seen(entry.getValue()));
  }

  /// The sockets of a user.
  public Stream<Seen> of(String userId) {
    return ofUser(userId).flatMap(this::seen);
  }

  /// Disconnects sockets of a user: their sessions stay, so they may come again.
  ///
  /// @param which of them
  /// @return those that are disconnected
  public List<Seen> cut(String userId, Predicate<Seen> which) {
    List<Seen> cut = new ArrayList<>();
    ofUser(userId)
        .forEach(authority ->
            seen(authority)
                .filter(which)
                .forEach(seen -> {
                  authority.cut();
                  cut.add(seen);
                }));
    return cut;
  }

  private Stream<Authority> ofUser(String userId) {
    return bySubject.getOrDefault(Revocation.ofUser(userId), Set.of()).stream();
  }

  private Stream<Seen> seen(Authority authority) {
    return Stream.ofNullable(tokens.get(authority)).map(authority::seen);
  }

  void add(Token token, Authority authority) {
    tokens.put(authority, token);
    add(Revocation.ofSession(token.sessionId()), authority);
    add(Revocation.ofUser(token.userId()), authority);
  }

  /// Takes a socket out that ends.
  void remove(Token token, Authority authority) {
    tokens.remove(authority);
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
