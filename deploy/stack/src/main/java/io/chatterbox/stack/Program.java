package io.chatterbox.stack;

import java.util.List;
import java.util.Map;

/// A program that the stack keeps running.
///
/// @param service the service's name, or `redis` or `mongodb`
/// @param replica from 1
/// @param environment variables beside those of the stack itself; secrets go here, since command
///   lines can be read by everyone on the machine
record Program(
    String service,
    int replica,
    int port,
    List<String> command,
    Map<String, String> environment,
    Readiness readiness) {

  Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// What people call it: `chat-1`, `chat-2`, `redis`, `redis-2`.
  String name() {
    return readiness == Readiness.HEALTHY || replica > 1 ? service + "-" + replica : service;
  }
}
