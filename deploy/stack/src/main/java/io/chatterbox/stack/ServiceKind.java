package io.chatterbox.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One of ChatterBox's services, as this machine sees it.
///
/// @param port where its first replica listens; replica k adds 10·(k−1)
/// @param database its database in MongoDB, or empty for a service without one
/// @param edge whether clients connect to it; edges are stopped first
/// @param jvm options of the JVM, without settings
/// @param program what follows the settings on the command line: `-jar file`, or class path and
///   class
/// @param secrets names of the settings that are made once and handed over by the environment
record ServiceKind(
    String name,
    int port,
    String database,
    boolean edge,
    List<String> jvm,
    List<String> program,
    Set<String> secrets) {

  /// The secret that services show each other.
  private static final String SHARED = "chatterbox.services.shared-secret";

  ServiceKind {
    jvm = List.copyOf(jvm);
    program = List.copyOf(program);
    secrets = Set.copyOf(secrets);
  }

  /// ChatterBox's services as they were built below this folder.
  static List<ServiceKind> ofChatterBox(Path root) {
    return List.of(
        quarkus(root, "gateway", 3000, "", 256, Set.of(SHARED)),
        quarkus(
            root, "auth", 3001, "auth", 160, Set.of(SHARED, "chatterbox.auth.key-encryption-key")),
        quarkus(root, "chat", 3002, "chat", 192, Set.of(SHARED)),
        quarkus(root, "presence", 3003, "presence", 160, Set.of(SHARED)),
        quarkus(root, "ai", 3004, "ai", 160, Set.of(SHARED)));
  }

  private static ServiceKind quarkus(
      Path root, String name, int port, String database, int heapMegabytes, Set<String> secrets) {
    Path jar = root.resolve(name + "-service/target/quarkus-app/quarkus-run.jar");
    List<String> jvm = new ArrayList<>();
    jvm.add("-Xmx" + heapMegabytes + "m");
    jvm.addAll(SMALL_JVM);
    return new ServiceKind(
        name,
        port,
        database,
        name.equals("gateway"),
        jvm,
        List.of("-jar", jar.toString()),
        secrets);
  }

  /// Five of them share one machine with its stores, so memory comes before peak speed. The
  /// optimizing compiler waits ten times longer than usual: what only the start needs is not worth
  /// it (a third of the start's CPU time), and what is hot gets there within seconds of load.
  private static final List<String> SMALL_JVM =
      List.of(
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=30",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");
}
