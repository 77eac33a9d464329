package io.chatterbox.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A slot of a cluster on its way from one master to another, as an administrator moves it: step by
/// step, so that a test may look in between.
public final class SlotMove {
  private static final String TIMEOUT_MILLIS = "5000";

  private final int slot;
  private final StoreProcess from;
  private final StoreProcess to;
  private final List<StoreProcess> masters;

  /// Slots that one master has.
  record Range(int from, int to, int port) {}

  SlotMove(int slot, StoreProcess from, StoreProcess to, List<StoreProcess> masters) {
    this.slot = slot;
    this.from = from;
    this.to = to;
    this.masters = masters;
    setSlot(to, "IMPORTING", id(from));
    setSlot(from, "MIGRATING", id(to));
  }

  /// Moves some of the keys.
  ///
  /// @return how many there were, at most so many
  public int keys(int most) {
    List<String> some = keys(from.port(), slot, Integer.toString(most));
    for (String key : some) {
      RedisTalk.ask(
          from.port(),
          "MIGRATE",
          "127.0.0.1",
          Integer.toString(to.port()),
          key,
          "0",
          TIMEOUT_MILLIS);
    }
    return some.size();
  }

  /// Moves what is left and makes the other master the slot's master.
  public void finish() {
    while (keys(100) > 0) {
      // more may have come
    }
    setSlot(to, "NODE", id(to));
    setSlot(from, "NODE", id(to));
    for (StoreProcess other : masters) {
      setSlot(other, "NODE", id(to));
    }
  }

  public StoreProcess from() {
    return from;
  }

  public StoreProcess to() {
    return to;
  }

  @SuppressWarnings("unchecked") // what CLUSTER SLOTS is
  static List<Range> ranges(StoreProcess asked) {
    List<Range> ranges = new ArrayList<>();
    for (Object each :
        (List<Object>) Objects.requireNonNull(RedisTalk.ask(asked.port(), "CLUSTER", "SLOTS"))) {
      List<Object> range = (List<Object>) each;
      List<Object> master = (List<Object>) range.get(2);
      ranges.add(
          new Range(
              ((Long) range.get(0)).intValue(),
              ((Long) range.get(1)).intValue(),
              ((Long) master.get(1)).intValue()));
    }
    return ranges;
  }

  @SuppressWarnings("unchecked") // a list of texts
  static List<String> keys(int port, int slot, String most) {
    return (List<String>)
        Objects.requireNonNull(
            RedisTalk.ask(port, "CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), most));
  }

  private void setSlot(StoreProcess node, String what, String id) {
    RedisTalk.ask(node.port(), "CLUSTER", "SETSLOT", Integer.toString(slot), what, id);
  }

  private static String id(StoreProcess node) {
    return RedisTalk.text(node.port(), "CLUSTER", "MYID");
  }
}
