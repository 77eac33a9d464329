package io.chatterbox.socketio;

import java.util.Optional;

/// Why a client may not join a namespace; becomes CONNECT_ERROR `{message, data?}`.
///
/// @param message for the client's `Error.message`
/// @param data raw JSON for its `Error.data`
public record ConnectRefused(String message, Optional<byte[]> data) {
  public static ConnectRefused because(String message) {
    return new ConnectRefused(message, Optional.empty());
  }
}
