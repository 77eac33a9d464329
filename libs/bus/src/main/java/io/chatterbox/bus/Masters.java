package io.chatterbox.bus;

import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which Redis process is the master of which slot, as far as is known. Without a cluster one is
/// the master of all.
final class Masters {
  static final Masters NONE = new Masters(new @Nullable Address[HashSlot.COUNT]);

  private final @Nullable Address[] bySlot;
  private final Set<Address> all;

  private Masters(@Nullable Address[] bySlot) {
    this.bySlot = bySlot;
    Set<Address> found = new LinkedHashSet<>();
    for (@Nullable Address address : bySlot) {
      if (address != null) {
        found.add(address);
      }
    }
    this.all = Set.copyOf(found);
  }

  static Masters one(Address address) {
    @Nullable Address[] bySlot = new @Nullable Address[HashSlot.COUNT];
    Arrays.fill(bySlot, address);
    return new Masters(bySlot);
  }

  /// Reads an answer to `CLUSTER SLOTS`.
  ///
  /// @param asked who gave it; a node that does not know its own name leaves it out
  static Masters read(Response ranges, Address asked) {
    @Nullable Address[] bySlot = new @Nullable Address[HashSlot.COUNT];
    for (Response range : ranges) {
      Response master = range.get(2);
      @Nullable Response host = master.get(0);
      boolean isNamed = host != null && !host.toString().isEmpty();
      Address address =
          new Address(
              isNamed ? Objects.requireNonNull(host).toString() : asked.host(),
              master.get(1).toInteger());
      Arrays.fill(bySlot, range.get(0).toInteger(), range.get(1).toInteger() + 1, address);
    }
    return new Masters(bySlot);
  }

  /// The same with another master of one slot.
  Masters with(int slot, Address address) {
    @Nullable Address[] changed = bySlot.clone();
    changed[slot] = address;
    return new Masters(changed);
  }

  Optional<Address> of(int slot) {
    return Optional.ofNullable(bySlot[slot]);
  }

  Set<Address> all() {
    return all;
  }

  boolean isSameAs(Masters other) {
    return Arrays.equals(bySlot, other.bySlot);
  }
}
