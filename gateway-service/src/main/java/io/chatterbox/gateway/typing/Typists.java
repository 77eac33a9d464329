package io.chatterbox.gateway.typing;

import io.chatterbox.bus.Steady;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.FeedGate;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Outlet;
import io.chatterbox.gateway.raw.RawFields;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who is typing in what is heard here. Each typist ends by a word of his gateway, by a message of
/// his, by his removal, or by silence; his end is told once. Only on the hub.
@Singleton
public final class Typists implements FeedGate {
  static final String TYPING = "user-typing";
  static final String STOP = "user-stop-typing";
  private static final String REMOVED = "participant-removed";

  /// Signs are sent that often at most; on the way they may come closer together.
  private static final Duration TOLERANCE = Duration.ofMillis(100);

  private final Hub hub;
  private final Clock clock;
  private final Ends ends;
  private final GatewayConfig.Typing config;
  private final RawFields fields = new RawFields();
  private final Map<Key, Map<String, Typist>> byKey = new HashMap<>();

  /// Tells that somebody has stopped typing.
  @FunctionalInterface
  interface Ends {
    void tell(Key key, String userId, RawJson payload);
  }

  private static final class Typist {
    private final RawJson payload;
    private long passedAt;
    private Hub.@Nullable Timer end;

    Typist(RawJson payload) {
      this.payload = payload;
    }
  }

  /// What a slow reader needs only the last of.
  private record Slot(Key key, String userId) {}

  @Inject
  Typists(Hub hub, @Steady Clock clock, Outlet outlet, GatewayConfig config) {
    this(
        hub,
        clock,
        (key, userId, payload) ->
            outlet.toJoined(key, userId, STOP, payload, new Delivery.State(new Slot(key, userId))),
        config.typing());
  }

  Typists(Hub hub, Clock clock, Ends ends, GatewayConfig.Typing config) {
    this.hub = hub;
    this.clock = clock;
    this.ends = ends;
    this.config = config;
  }

  /// Whether that user is typing there, as far as is known here.
  boolean isTyping(Key key, String userId) {
    return byKey.getOrDefault(key, Map.of()).containsKey(userId);
  }

  @Override
  public Optional<Passage> state(Key key, ClientEvent event) {
    String userId = event.except();
    if (userId == null) {
      return Optional.empty();
    }
    return switch (event.event()) {
      case TYPING -> Optional.of(passage(types(key, userId, event.payload()), key, userId));
      case STOP -> Optional.of(passage(forget(key, userId) != null, key, userId));
      default -> Optional.empty();
    };
  }

  @Override
  public void change(Key key, ClientEvent event) {
    if (byKey.containsKey(key)) {
      byte[] payload = event.payload().bytes();
      // only a message has its sender there
      fields.text(payload, "sender", "_id").ifPresent(sender -> end(key, sender));
      // his gateway has nothing more to say of him here
      if (fields.text(payload, "change").filter(REMOVED::equals).isPresent()) {
        fields.text(payload, "user", "_id").ifPresent(removed -> end(key, removed));
      }
    }
  }

  @Override
  public void closed(Key key) {
    Map<String, Typist> typists = byKey.remove(key);
    if (typists != null) {
      typists.values().forEach(Typists::cancel);
    }
  }

  /// @return whether that is told on
  private boolean types(Key key, String userId, RawJson payload) {
    Map<String, Typist> typists = byKey.computeIfAbsent(key, _ -> new HashMap<>());
    Typist known = typists.get(userId);
    Typist typist = known == null ? new Typist(payload) : known;
    typists.put(userId, typist);
    cancel(typist);
    typist.end = hub.after(config.lasts().toMillis(), () -> end(key, userId));
    long now = clock.millis();
    if (known != null && now - typist.passedAt < config.every().minus(TOLERANCE).toMillis()) {
      return false;
    }
    typist.passedAt = now;
    return true;
  }

  private void end(Key key, String userId) {
    Typist typist = forget(key, userId);
    if (typist != null) {
      ends.tell(key, userId, typist.payload);
    }
  }

  private @Nullable Typist forget(Key key, String userId) {
    Map<String, Typist> typists = byKey.get(key);
    Typist typist = typists == null ? null : typists.remove(userId);
    if (typists != null && typists.isEmpty()) {
      byKey.remove(key);
    }
    if (typist != null) {
      cancel(typist);
    }
    return typist;
  }

  private static void cancel(Typist typist) {
    if (typist.end != null) {
      typist.end.cancel();
    }
  }

  private static Passage passage(boolean told, Key key, String userId) {
    return told ? new Passage.As(new Delivery.State(new Slot(key, userId))) : new Passage.Stopped();
  }
}
