package io.chatterbox.gateway.fanout;

import io.chatterbox.bus.Node;
import io.chatterbox.contract.Key;
import io.chatterbox.gateway.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Numbers what this gateway tells of the log. A number is the last argument of its event, as
/// `<gateway>.<number>`: a stock client that comes back names the last one it has heard, and from
/// it follows how far it has heard each key. Only numbers are kept, for a while: what they stood
/// for is in the log. Only on the hub.
@Singleton
public final class Numbers implements Stay.Heard {
  private static final long SWEEP_MILLIS = 1_000;
  private static final char SEPARATOR = '.';
  private static final int MOST_FORGOTTEN = 100_000;

  /// So many numbers are free each millisecond: those of a gateway that starts again are above all
  /// that it gave before.
  private static final int A_MILLISECOND = 1_024;

  private final String gateway;
  private final Hub hub;
  private final Clock clock;
  private final long keepsMillis;
  private final int most;
  private final Map<Key, Told> byKey = new HashMap<>();
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();

  /// The last number of each key that is not known any more, the key that was told of last last.
  private final LinkedHashMap<Key, Long> forgotten = new LinkedHashMap<>();

  private long last;
  private long horizon;

  /// Below this nothing is known of any key.
  private long floor;

  private int size;

  /// @param at when that number was the last
  private record Mark(long at, long number) {}

  @Inject
  Numbers(Node node, Hub hub, Clock clock, GatewayConfig config) {
    this(node.name(), hub, clock, config.recovery());
  }

  Numbers(String gateway, Hub hub, Clock clock, GatewayConfig.Recovery config) {
    this.gateway = gateway;
    this.hub = hub;
    this.keepsMillis = config.keepsNumbers().toMillis();
    this.most = config.numbers();
    this.clock = clock;
    this.last = clock.millis() * A_MILLISECOND;
    this.horizon = last;
    this.floor = last;
    hub.after(SWEEP_MILLIS, this::sweep);
  }

  /// Numbers for so many events that are not for everybody.
  ///
  /// @return the first
  long next(int events) {
    long first = last + 1;
    last += events;
    return first;
  }

  /// Numbers for the events of a change that everybody hears now who hears its key.
  ///
  /// @return the first
  long tell(Key key, long rev, int events) {
    long first = next(events);
    if (events > 0) {
      byKey.computeIfAbsent(key, _ -> new Told()).add(first, rev, events);
      size++;
    }
    return first;
  }

  public long last() {
    return last;
  }

  /// Below this nothing is known of any key.
  public long floor() {
    return floor;
  }

  /// What was told up to this number is forgotten.
  long horizon() {
    return horizon;
  }

  @Override
  public boolean knows(Key key, long number) {
    return number >= floor && number >= forgotten.getOrDefault(key, 0L);
  }

  @Override
  public Position heard(Key key, long number, long until, Position otherwise) {
    Told told = byKey.get(key);
    return told == null ? otherwise : told.heard(number, until, otherwise);
  }

  /// What was told of a key last, written down; empty when nothing was for a long time.
  ///
  /// @param most how many changes
  public Optional<byte[]> written(Key key, int most) {
    Told told = byKey.getOrDefault(key, new Told());
    long unknown = forgotten.getOrDefault(key, 0L);
    return told.size() == 0 && unknown == 0
        ? Optional.empty()
        : Optional.of(told.write(most, unknown));
  }

  /// The number as clients are told it.
  String offset(long number) {
    return gateway + SEPARATOR + number;
  }

  /// The same as JSON. Names of gateways need no escaping.
  byte[] json(long number) {
    return ('"' + offset(number) + '"').getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads a number that this gateway told; empty for anything else.
  OptionalLong parse(String offset) {
    OptionalLong number = parse(offset, gateway);
    return number.isPresent() && number.getAsLong() <= last ? number : OptionalLong.empty();
  }

  /// Reads a number that a gateway may have told; empty for anything else.
  public static OptionalLong parse(String offset, String gateway) {
    int digits = offset.lastIndexOf(SEPARATOR) + 1;
    if (digits == 0 || !offset.substring(0, digits - 1).equals(gateway)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(offset, digits, offset.length(), 10));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private void sweep() {
    hub.after(SWEEP_MILLIS, this::sweep);
    long now = clock.millis();
    marks.add(new Mark(now, last));
    long before = horizon;
    while (marks.size() > 1 && now - marks.element().at() > keepsMillis) {
      horizon = Math.max(horizon, marks.remove().number());
    }
    if (horizon > before) {
      forget();
    }
    while (size > most && marks.size() > 1) {
      horizon = Math.max(horizon, marks.remove().number());
      forget();
    }
  }

  private void forget() {
    for (Iterator<Map.Entry<Key, Told>> all = byKey.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Key, Told> one = all.next();
      long number = one.getValue().lastOf(horizon);
      if (number == 0) {
        continue;
      }
      forgotten.remove(one.getKey());
      forgotten.put(one.getKey(), number);
      size -= one.getValue().forget(horizon);
      if (one.getValue().size() == 0) {
        all.remove();
      }
    }
    while (forgotten.size() > MOST_FORGOTTEN) {
      floor = Math.max(floor, forgotten.pollFirstEntry().getValue());
    }
  }
}
