package io.chatterbox.contract;

import static java.util.Objects.checkIndex;

/// One of a service's command streams with everything that belongs to it in Redis.
///
/// All names share the hash tag `{<service>:<index>}`, so that on a Redis Cluster they live on one
/// master and a script may touch several of them. No script or command names two partitions.
public record Partition(Service service, int index) {

  public Partition {
    checkIndex(index, Service.PARTITIONS);
  }

  /// The stream of what is to do; entries are deleted when done.
  public String commands() {
    return tag() + ":commands";
  }

  /// The lease of the replica that reads the stream.
  public String owner() {
    return tag() + ":owner";
  }

  /// The batch that was begun last, so that a batch that kills its process is noticed.
  public String begun() {
    return tag() + ":begun";
  }

  /// How often single entries were tried.
  public String tries() {
    return tag() + ":tries";
  }

  /// Entries given up after three tries, capped.
  public String deadLetters() {
    return tag() + ":dead";
  }

  /// The pub/sub channel of the owner's beat.
  public String beats() {
    return tag() + ":beats";
  }

  /// The pub/sub channel of a key of this partition.
  public String channel(Key key) {
    return tag() + ":channel:" + key.text();
  }

  /// A service's own key in this partition, such as presence's hashes.
  ///
  /// @param name what it holds, such as `online:<userId>`
  public String key(String name) {
    return tag() + ":" + name;
  }

  private String tag() {
    return "{" + service.id() + ":" + index + "}";
  }
}
