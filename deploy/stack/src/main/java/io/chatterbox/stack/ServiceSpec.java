package io.chatterbox.stack;

import java.util.List;

/// One of the suite's services.
///
/// @param name as in `status` and `--replicas`
/// @param port of the first replica; replica k listens on `port + 10·(k−1)`
/// @param heapMb the largest heap of its JVM
record ServiceSpec(String name, int port, int heapMb) {
  static final List<ServiceSpec> ALL =
      List.of(
          new ServiceSpec("gateway", 3000, 256),
          new ServiceSpec("auth", 3001, 160),
          new ServiceSpec("chat", 3002, 192),
          new ServiceSpec("presence", 3003, 128),
          new ServiceSpec("ai", 3004, 128));

  static final List<String> NAMES = ALL.stream().map(ServiceSpec::name).toList();

  private static final int STEP = 10;

  int portOf(int replica) {
    return port + STEP * (replica - 1);
  }
}
