package io.chatterbox.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// A process that the stack keeps running.
///
/// @param service as in `status`
/// @param replica 1, 2, …
/// @param port where it listens
/// @param command program and arguments
/// @param environment variables besides the inherited ones; secrets go here, not into the command
/// @param log where its output goes
/// @param isReady whether it does its work now; asked often
record ProcessSpec(
    String service,
    int replica,
    int port,
    List<String> command,
    Map<String, String> environment,
    Path log,
    BooleanSupplier isReady) {

  ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// `chat-1`; stores have one replica and no number.
  String name() {
    return replica == 0 ? service : service + "-" + replica;
  }
}
