package io.chatterbox.stack.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/// A Redis with a replica on loopback, and three sentinels that make the replica the master when
/// the master is gone. It keeps nothing, as long as its processes run.
public final class RedisSentinels {
  private static final int SENTINELS = 3;
  private static final String NAME = "main";

  private RedisSentinels() {}

  /// Lays one out: the master, the replica, then the sentinels.
  ///
  /// @param folder where its processes keep their configuration; emptied
  /// @param freePort gives a port with each call
  public static Store.Several prepare(Path program, Path folder, IntSupplier freePort)
      throws IOException {
    int master = freePort.getAsInt();
    int replica = freePort.getAsInt();
    List<Store.Local> members = new ArrayList<>();
    members.add(redis(program, folder.resolve("redis-1"), master, "# the master at first"));
    members.add(
        redis(program, folder.resolve("redis-2"), replica, "replicaof 127.0.0.1 " + master));
    List<Store.Local> sentinels = new ArrayList<>();
    for (int i = 1; i <= SENTINELS; i++) {
      sentinels.add(
          sentinel(program, folder.resolve("sentinel-" + i), freePort.getAsInt(), master));
    }
    members.addAll(sentinels);
    return new Store.Several(
        sentinels.stream().map(Store.Local::url).collect(Collectors.joining(",")),
        "a master, a replica and three sentinels by " + program,
        members,
        Map.of("quarkus.redis.client-type", "sentinel", "quarkus.redis.master-name", NAME));
  }

  private static Store.Local redis(Path program, Path folder, int port, String role)
      throws IOException {
    Path configuration =
        RedisProgram.configured(
            folder,
            "bind 127.0.0.1",
            "port " + port,
            "dir " + folder,
            "save \"\"",
            "appendonly no",
            "maxmemory-policy noeviction",
            "repl-diskless-sync-delay 0",
            "repl-ping-replica-period 1",
            role);
    return new Store.Local(
        "redis://127.0.0.1:" + port,
        program.toString(),
        List.of(program.toString(), configuration.toString()),
        port);
  }

  private static Store.Local sentinel(Path program, Path folder, int port, int master)
      throws IOException {
    Path configuration =
        RedisProgram.configured(
            folder,
            "bind 127.0.0.1",
            "port " + port,
            "dir " + folder,
            "sentinel monitor " + NAME + " 127.0.0.1 " + master + " 2",
            "sentinel down-after-milliseconds " + NAME + " 2000",
            "sentinel failover-timeout " + NAME + " 5000");
    return new Store.Local(
        "redis://127.0.0.1:" + port,
        program.toString(),
        List.of(program.toString(), configuration.toString(), "--sentinel"),
        port);
  }
}
