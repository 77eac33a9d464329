package io.chatterbox.socketio;

import io.chatterbox.engineio.EngineOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Settings of the server; the defaults are those of the Node server.
///
/// @param path where it is mounted, `/socket.io/`
/// @param engine settings of the layer below
/// @param connectTimeout how long a connection may stay without a namespace, 45 s
/// @param sessionIds makes Engine.IO session ids: unguessable, unique, of `A-Z a-z 0-9 . _ ~ -`
///   only
/// @param recovery connection state recovery, off
/// @param relay where broadcasts go that are not local, nowhere
public record SocketIoOptions(
    String path,
    EngineOptions engine,
    Duration connectTimeout,
    Supplier<String> sessionIds,
    Optional<Recovery> recovery,
    Optional<Relay> relay) {

  public SocketIoOptions {
    if (!path.startsWith("/") || !path.endsWith("/")) {
      throw new IllegalArgumentException("path must begin and end with /");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("connectTimeout must be positive");
    }
  }

  public static SocketIoOptions defaults() {
    return new SocketIoOptions(
        "/socket.io/",
        EngineOptions.defaults(),
        Duration.ofSeconds(45),
        new RandomIds(),
        Optional.empty(),
        Optional.empty());
  }

  public SocketIoOptions withPath(String path) {
    return new SocketIoOptions(path, engine, connectTimeout, sessionIds, recovery, relay);
  }

  public SocketIoOptions with(EngineOptions engine) {
    return new SocketIoOptions(path, engine, connectTimeout, sessionIds, recovery, relay);
  }

  public SocketIoOptions withConnectTimeout(Duration connectTimeout) {
    return new SocketIoOptions(path, engine, connectTimeout, sessionIds, recovery, relay);
  }

  public SocketIoOptions withSessionIds(Supplier<String> sessionIds) {
    return new SocketIoOptions(path, engine, connectTimeout, sessionIds, recovery, relay);
  }

  public SocketIoOptions with(Recovery recovery) {
    return new SocketIoOptions(
        path, engine, connectTimeout, sessionIds, Optional.of(recovery), relay);
  }

  public SocketIoOptions with(Relay relay) {
    return new SocketIoOptions(
        path, engine, connectTimeout, sessionIds, recovery, Optional.of(relay));
  }
}
