package io.chatterbox.socketio;

import io.chatterbox.engineio.Headers;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which clients are sent the offsets of connection state recovery. An offset is one more argument
/// of an event. The JavaScript client takes note of it, and most others hand handlers an array in
/// which nobody looks for it. Python's calls a handler with as many arguments as came, so one that
/// takes the payload alone would fail; Dart's hands it a list instead of the payload.
///
/// A client says what it wants by `recovery`, `true` or `false`, in CONNECT's auth. Of one that
/// says nothing its HTTP library is looked at: those of Python and Dart name themselves, but for
/// `websocket-client`, the only one to send an `Origin` and no `User-Agent`.
final class OffsetReaders {
  private static final Pattern OTHERS =
      Pattern.compile("(python|dart)\\b.*", Pattern.CASE_INSENSITIVE);

  private OffsetReaders() {}

  static boolean isOne(Handshake handshake) {
    return AuthFields.flag(handshake.auth(), "recovery")
        .orElseGet(() -> isOne(handshake.request().headers()));
  }

  private static boolean isOne(Headers headers) {
    Optional<String> agent = headers.first("User-Agent");
    return agent.isPresent()
        ? !OTHERS.matcher(agent.get()).matches()
        : headers.first("Origin").isEmpty();
  }
}
