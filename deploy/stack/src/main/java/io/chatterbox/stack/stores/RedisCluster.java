package io.chatterbox.stack.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Redis Cluster on loopback: three masters with a third of the slots each, and a replica of
/// each. It keeps nothing, as long as its processes run.
///
/// Each process is given the configuration file that it would have written itself after they had
/// all met, so nobody has to introduce them to each other.
public final class RedisCluster {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private RedisCluster() {}

  private record Node(String id, int port, int busPort, int thirdOf, boolean isMaster) {

    /// A line of `nodes.conf`.
    ///
    /// @param self whose file it is
    String line(Node self, List<Node> all) {
      Node master = all.get(thirdOf);
      return "%s 127.0.0.1:%d@%d %s%s %s 0 0 %d connected%s"
          .formatted(
              id,
              port,
              busPort,
              equals(self) ? "myself," : "",
              isMaster ? "master" : "slave",
              isMaster ? "-" : master.id(),
              thirdOf + 1,
              isMaster ? " " + first(thirdOf) + "-" + (first(thirdOf + 1) - 1) : "");
    }
  }

  /// Lays one out; masters come first.
  ///
  /// @param folder where its processes keep their configuration; emptied
  /// @param freePort gives a port with each call
  public static Store.Several prepare(Path program, Path folder, IntSupplier freePort)
      throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 2 * MASTERS; i++) {
      int port = freePort.getAsInt();
      nodes.add(
          new Node("%040x".formatted(port), port, freePort.getAsInt(), i % MASTERS, i < MASTERS));
    }
    List<Store.Local> members = new ArrayList<>();
    for (Node node : nodes) {
      members.add(member(program, folder.resolve("node-" + (members.size() + 1)), node, nodes));
    }
    return new Store.Several(
        members.stream().map(Store.Local::url).collect(Collectors.joining(",")),
        "a cluster of three masters by " + program,
        members,
        Map.of("quarkus.redis.client-type", "cluster"));
  }

  private static Store.Local member(Path program, Path folder, Node node, List<Node> nodes)
      throws IOException {
    Path configuration =
        RedisProgram.configured(
            folder,
            "bind 127.0.0.1",
            "port " + node.port(),
            "cluster-port " + node.busPort(),
            "dir " + folder,
            "save \"\"",
            "appendonly no",
            "maxmemory-policy noeviction",
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            "cluster-node-timeout 2000",
            "cluster-replica-validity-factor 0",
            "cluster-require-full-coverage no",
            "repl-diskless-sync-delay 0",
            "repl-ping-replica-period 1");
    Files.write(
        folder.resolve("nodes.conf"),
        Stream.concat(
                nodes.stream().map(each -> each.line(node, nodes)),
                Stream.of("vars currentEpoch " + MASTERS + " lastVoteEpoch 0"))
            .toList());
    return new Store.Local(
        "redis://127.0.0.1:" + node.port(),
        program.toString(),
        List.of(program.toString(), configuration.toString()),
        node.port());
  }

  private static int first(int third) {
    return third * SLOTS / MASTERS;
  }
}
