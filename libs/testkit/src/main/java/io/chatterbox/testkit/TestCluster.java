package io.chatterbox.testkit;

import static org.awaitility.Awaitility.await;

import io.chatterbox.stack.stores.Folder;
import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.RedisCluster;
import io.chatterbox.stack.stores.RedisProgram;
import io.chatterbox.stack.stores.RedisSentinels;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Several real Redis processes that belong together: a cluster of three masters with a replica
/// each, or a master with a replica and three sentinels.
public final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MOST_KEYS = "100000";

  private final Store.Several store;
  private final Path folder;
  private final List<StoreProcess> members = new ArrayList<>();

  private TestCluster(Store.Several store, Path folder) {
    this.store = store;
    this.folder = folder;
    for (Store.Local member : store.members()) {
      // where its configuration is, which its first argument names
      Path own = Path.of(member.command().get(1)).getParent();
      members.add(StoreProcess.start(member, Objects.requireNonNull(own)));
    }
  }

  /// Whether this machine has a Redis that is new enough; the embedded one is not.
  public static boolean isPossible() {
    return RedisProgram.find(System.getenv()).isPresent();
  }

  /// A cluster in which all replicas have their master's data.
  public static TestCluster start() {
    try {
      Path folder = Files.createTempDirectory("chatterbox-cluster");
      TestCluster cluster =
          new TestCluster(RedisCluster.prepare(program(), folder, Ports::free), folder);
      cluster.awaitHealthy();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A master, a replica that has its data, and sentinels that know both.
  public static TestCluster startSentinels() {
    try {
      Path folder = Files.createTempDirectory("chatterbox-sentinels");
      TestCluster sentinels =
          new TestCluster(RedisSentinels.prepare(program(), folder, Ports::free), folder);
      StoreProcess replica = sentinels.members.get(1);
      List<StoreProcess> watching = sentinels.members.subList(2, sentinels.members.size());
      await()
          .atMost(PATIENCE)
          .until(() ->
              isLinked(replica)
                  && watching.stream()
                      .allMatch(sentinel ->
                          RedisTalk.text(sentinel.port(), "INFO", "sentinel")
                              .contains("slaves=1,sentinels=3")));
      return sentinels;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The addresses for clients, separated by commas.
  public String url() {
    return store.url();
  }

  /// The setting that says what it is, as in `quarkus.redis.client-type`.
  public String type() {
    return store.settings().getOrDefault("quarkus.redis.client-type", "");
  }

  /// All processes, in the order in which they were laid out.
  public List<StoreProcess> members() {
    return List.copyOf(members);
  }

  /// Those that are masters with slots now.
  public List<StoreProcess> masters() {
    return members.stream().filter(StoreProcess::isRunning).filter(this::isMaster).toList();
  }

  /// The master of a key's slot now.
  public StoreProcess masterOf(String key) {
    int slot = slot(key);
    for (StoreProcess asked : masters()) {
      for (SlotMove.Range range : SlotMove.ranges(asked)) {
        if (range.from() <= slot && slot <= range.to()) {
          return member(range.port());
        }
      }
    }
    throw new IllegalStateException("nobody has slot " + slot);
  }

  /// Begins to move a key's slot to another master.
  public SlotMove move(String key) {
    StoreProcess from = masterOf(key);
    StoreProcess to =
        masters().stream().filter(other -> other.port() != from.port()).findFirst().orElseThrow();
    return new SlotMove(slot(key), from, to, masters());
  }

  /// How many keys a process holds.
  public static long keys(StoreProcess redis) {
    return (Long) Objects.requireNonNull(RedisTalk.ask(redis.port(), "DBSIZE"));
  }

  /// A key's keys: all of the same slot.
  public List<String> keysBeside(String key) {
    return SlotMove.keys(masterOf(key).port(), slot(key), MOST_KEYS);
  }

  /// Waits until all slots have a master that all agree on, and all replicas follow theirs.
  public void awaitHealthy() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() ->
            members.stream()
                .filter(StoreProcess::isRunning)
                .allMatch(node ->
                    RedisTalk.text(node.port(), "CLUSTER", "INFO").contains("cluster_state:ok")
                        && (isMaster(node) || isLinked(node))));
  }

  @Override
  public void close() {
    members.forEach(StoreProcess::close);
    Folder.delete(folder);
  }

  private int slot(String key) {
    return ((Long)
            Objects.requireNonNull(
                RedisTalk.ask(masters().getFirst().port(), "CLUSTER", "KEYSLOT", key)))
        .intValue();
  }

  private StoreProcess member(int port) {
    return members.stream().filter(each -> each.port() == port).findFirst().orElseThrow();
  }

  private boolean isMaster(StoreProcess node) {
    return RedisTalk.text(node.port(), "INFO", "replication").contains("role:master");
  }

  private static boolean isLinked(StoreProcess replica) {
    return RedisTalk.text(replica.port(), "INFO", "replication").contains("master_link_status:up");
  }

  private static Path program() {
    return RedisProgram.find(System.getenv())
        .orElseThrow(() -> new IllegalStateException("no redis-server 7 on the PATH"));
  }
}
