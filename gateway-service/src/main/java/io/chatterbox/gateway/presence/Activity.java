package io.chatterbox.gateway.presence;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.Service;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// Users here who sent something of late. From any thread. Bounded by the users that are here.
@Singleton
public final class Activity {
  private final LongSupplier nanoTime;
  private final List<Map<String, Sign>> byPartition =
      IntStream.range(0, Service.PARTITIONS)
          .<Map<String, Sign>>mapToObj(_ -> new ConcurrentHashMap<>())
          .toList();
  private final Set<String> asleep = ConcurrentHashMap.newKeySet();
  private volatile Consumer<Active> onWake = _ -> {};

  private record Sign(String socketId, long nanos) {}

  @Inject
  Activity() {
    this(System::nanoTime);
  }

  Activity(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// A socket of this user sent an event.
  public void of(String userId, String socketId) {
    byPartition.get(partitionOf(userId)).put(userId, new Sign(socketId, nanoTime.getAsLong()));
    if (!asleep.isEmpty() && asleep.remove(userId)) {
      onWake.accept(new Active(userId, socketId, 0));
    }
  }

  /// What to do with the first sign of those who are away: others wait to be told.
  void onWake(Consumer<Active> handler) {
    onWake = handler;
  }

  /// Whether a user counts as away.
  void asleep(String userId, boolean isAway) {
    if (isAway) {
      asleep.add(userId);
    } else {
      asleep.remove(userId);
    }
  }

  /// The users of a partition who sent something since the last call.
  List<Active> take(int partition) {
    long now = nanoTime.getAsLong();
    List<Active> taken = new ArrayList<>();
    Iterator<Map.Entry<String, Sign>> each = byPartition.get(partition).entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Sign> next = each.next();
      each.remove();
      long ago = TimeUnit.NANOSECONDS.toMillis(now - next.getValue().nanos());
      taken.add(new Active(next.getKey(), next.getValue().socketId(), Math.max(0, ago)));
    }
    return taken;
  }

  private static int partitionOf(String userId) {
    return Service.PRESENCE.partitionOf(Key.user(userId)).index();
  }
}
