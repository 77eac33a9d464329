package io.chatterbox.gateway.typing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Publisher;
import io.chatterbox.bus.Steady;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Member;
import io.chatterbox.gateway.fanout.Standing;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What sockets of this gateway say about typing, published to all gateways that hear the place.
/// Its state is kept on the hub, one entry for each user and place, until some seconds after the
/// last sign.
@Singleton
public final class Typing {
  /// Longer than what is published takes to come back.
  private static final long ROUND_TRIP = 300;

  private final Hub hub;
  private final Clock clock;
  private final Standing standing;
  private final Typists typists;
  private final Announcer announcer;
  private final GatewayConfig.Typing config;
  private final Map<Spot, Signs> signs = new HashMap<>();

  private record Spot(Key key, String userId) {}

  private static final class Signs {
    private final Caller caller;
    private final Set<Member> members = new HashSet<>();
    private long toldAt = Long.MIN_VALUE;
    private Hub.@Nullable Timer end;

    Signs(Caller caller) {
      this.caller = caller;
    }
  }

  @Inject
  Typing(
      Hub hub,
      @Steady Clock clock,
      Standing standing,
      Typists typists,
      Announcer announcer,
      GatewayConfig config) {
    this.hub = hub;
    this.clock = clock;
    this.standing = standing;
    this.typists = typists;
    this.announcer = announcer;
    this.config = config.typing();
  }

  /// Publishes.
  @Singleton
  static final class Announcer {
    private final Publisher publisher;
    private final Standing standing;
    private final Json json;

    @Inject
    Announcer(Publisher publisher, Standing standing, Json json) {
      this.publisher = publisher;
      this.standing = standing;
      this.json = json;
    }

    @Told({"user-typing", "user-stop-typing"})
    @Shape(either = {"conversationId", "roomName"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserTyping(
        @Nullable String conversationId,
        @Nullable String roomName,
        String userId,
        String username) {}

    void say(String event, Key key, Caller caller) {
      boolean isRoom = key.kind() == Key.Kind.ROOM;
      RawJson payload =
          json.write(
              new UserTyping(
                  isRoom ? null : key.id(),
                  isRoom ? key.id() : null,
                  caller.userId(),
                  caller.username()));
      ClientEvent told =
          new ClientEvent(event, ClientEvent.Reach.JOINED, null, caller.userId(), null, payload);
      publisher.publish(Service.CHAT, key, new Hint.State(standing.rev(key), List.of(told)));
    }
  }

  /// A socket says that its user is typing.
  ///
  /// @param outcome called once, on the hub; empty when that is accepted
  public void typing(Member member, Caller caller, Key key, Consumer<Optional<Failure>> outcome) {
    hub.execute(() ->
        standing.mayType(
            member,
            caller,
            key,
            refused -> {
              if (refused.isEmpty()) {
                types(member, caller, key);
              }
              outcome.accept(refused);
            }));
  }

  /// A socket says that its user has stopped.
  public void stopped(Member member, Caller caller, Key key, Consumer<Optional<Failure>> outcome) {
    hub.execute(() ->
        standing.mayType(
            member,
            caller,
            key,
            refused -> {
              if (refused.isEmpty()) {
                stops(key, caller);
              }
              outcome.accept(refused);
            }));
  }

  /// A socket has left a place, or is about to.
  public void left(Member member, Key key) {
    hub.execute(() -> leaves(new Spot(key, member.person().userId()), member));
  }

  /// A socket has ended.
  public void gone(Member member) {
    hub.execute(() -> {
      List<Spot> spots = new ArrayList<>();
      signs.forEach((spot, of) -> {
        if (of.members.contains(member)) {
          spots.add(spot);
        }
      });
      spots.forEach(spot -> leaves(spot, member));
    });
  }

  private void types(Member member, Caller caller, Key key) {
    Spot spot = new Spot(key, caller.userId());
    Signs of = signs.computeIfAbsent(spot, _ -> new Signs(caller));
    of.members.add(member);
    cancel(of);
    of.end = hub.after(config.lasts().toMillis(), () -> signs.remove(spot, of));
    long now = clock.millis();
    // what was ended by a message begins anew
    long pause = typists.isTyping(key, caller.userId()) ? config.every().toMillis() : ROUND_TRIP;
    if (of.toldAt == Long.MIN_VALUE || now - of.toldAt >= pause) {
      of.toldAt = now;
      announcer.say(Typists.TYPING, key, caller);
    }
  }

  /// His other devices may be at other gateways.
  private void stops(Key key, Caller caller) {
    Signs of = signs.remove(new Spot(key, caller.userId()));
    if (of != null) {
      cancel(of);
    }
    if (of != null || typists.isTyping(key, caller.userId())) {
      announcer.say(Typists.STOP, key, caller);
    }
  }

  private void leaves(Spot spot, Member member) {
    Signs of = signs.get(spot);
    if (of != null && of.members.remove(member) && of.members.isEmpty()) {
      stops(spot.key(), of.caller);
    }
  }

  private static void cancel(Signs of) {
    if (of.end != null) {
      of.end.cancel();
    }
  }
}
