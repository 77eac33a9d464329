package io.chatterbox.bus;

import io.chatterbox.contract.Partition;
import java.util.Collection;

/// Rendezvous hashing: all replicas name the same owner for a partition without talking, and a
/// replica that comes or goes moves only the partitions that it gets or had.
final class Rendezvous {
  private Rendezvous() {}

  /// The replica that is to own the partition.
  ///
  /// @param replicas at least one, in any order
  static String owner(Partition partition, Collection<String> replicas) {
    String best = "";
    long most = 0;
    for (String replica : replicas) {
      long weight = weight(replica, partition);
      boolean isHeavier = weight > most || (weight == most && replica.compareTo(best) > 0);
      if (best.isEmpty() || isHeavier) {
        best = replica;
        most = weight;
      }
    }
    if (best.isEmpty()) {
      throw new IllegalArgumentException("no replicas");
    }
    return best;
  }

  private static long weight(String replica, Partition partition) {
    String both = replica + partition.owner();
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < both.length(); i++) {
      hash = (hash ^ both.charAt(i)) * 0x100000001B3L;
    }
    // the finish of splitmix64: close inputs get weights that have nothing to do with each other
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return hash ^ (hash >>> 31);
  }
}
