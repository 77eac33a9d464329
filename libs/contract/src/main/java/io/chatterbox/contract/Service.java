package io.chatterbox.contract;

/// The services that take commands from the bus.
public enum Service {
  CHAT("chat"),
  PRESENCE("presence"),
  AI("ai");

  /// How many command streams each service has. Fixed for the life of a deployment: a key's
  /// partition, and with it its order, depends on it.
  public static final int PARTITIONS = 32;

  private final String id;

  Service(String id) {
    this.id = id;
  }

  /// The name used in Redis, logs and metrics.
  public String id() {
    return id;
  }

  /// The partition that serves this key.
  public Partition partitionOf(Key key) {
    if (key.kind() == Key.Kind.PARTITION) {
      return new Partition(this, Integer.parseInt(key.id()));
    }
    int hash = key.text().hashCode();
    // hashCode's low bits repeat for ids that differ in the last characters only
    hash ^= (hash >>> 16) * 0x9E3779B1;
    return new Partition(this, Math.floorMod(hash, PARTITIONS));
  }
}
