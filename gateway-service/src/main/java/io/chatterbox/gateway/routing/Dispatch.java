package io.chatterbox.gateway.routing;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.CommandIds;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.Command;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Joins;
import io.chatterbox.gateway.fanout.Standing;
import io.chatterbox.gateway.raw.RawFields;
import io.chatterbox.socketio.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Finds out where an event goes, from the contract's table and the one field that names its key.
@Singleton
public final class Dispatch {
  private static final RawJson NOTHING = RawJson.of("{}");
  private static final int LONGEST_KEY = 512;

  private final Commands commands = Commands.all();
  private final RawFields fields = new RawFields();
  private final CommandClient client;
  private final CommandIds ids;
  private final Joins joins;
  private final Standing standing;
  private final Json json;
  private final GatewayConfig.Routing config;
  private final AtomicInteger pending = new AtomicInteger();

  @Inject
  Dispatch(
      CommandClient client,
      CommandIds ids,
      Joins joins,
      Standing standing,
      Json json,
      GatewayConfig config) {
    this.ids = ids;
    this.json = json;
    this.client = client;
    this.joins = joins;
    this.standing = standing;
    this.config = config.routing();
  }

  CommandClient client() {
    return client;
  }

  Joins joins() {
    return joins;
  }

  Standing standing() {
    return standing;
  }

  GatewayConfig.Routing config() {
    return config;
  }

  /// Events of all sockets that are not answered yet.
  public int pending() {
    return pending.get();
  }

  AtomicInteger pendingCount() {
    return pending;
  }

  /// The first argument of an event; the others are ignored.
  public static RawJson body(Event event) {
    return event.arguments().isEmpty() ? NOTHING : RawJson.of(event.arguments().value(0));
  }

  /// What a client's event of that name is.
  Optional<Commands.Route> find(String event) {
    return commands.find(event).filter(route -> !route.about().internal());
  }

  /// Whether clients may send this.
  public boolean knows(String event) {
    return find(event).isPresent();
  }

  /// The event as a command.
  ///
  /// @throws Refusal for what needs no service to be refused
  Routed route(Event event, String userId, Answer answer) {
    Commands.Route route =
        find(event.name())
            .orElseThrow(() -> new Refusal(ErrorCode.UNKNOWN_EVENT, "There is no such event."));
    RawJson body = body(event);
    if (body.bytes().length > config.largestPayload()) {
      throw Refusal.invalid("The payload is too large.");
    }
    long due = System.nanoTime() + config.answerWithin().toNanos();
    return new Routed(ids.next(), route, key(route.about(), body, userId), body, answer, due);
  }

  /// Reads the body as its service will.
  ///
  /// @throws Refusal for a body that the record refuses
  void checkForm(Routed routed) {
    json.read(routed.body(), routed.route().type());
  }

  /// A key that is not there, or no text, is empty: the service refuses it with a sentence.
  private Key key(Command about, RawJson body, String userId) {
    if (about.key().isEmpty()) {
      return new Key(about.kind(), userId);
    }
    String id = fields.text(body.bytes(), about.key()).filter(Dispatch::isWellFormed).orElse("");
    return checked(new Key(about.kind(), id));
  }

  /// Keys become names in Redis, so they are bounded.
  ///
  /// @throws Refusal for one that can name nothing
  public static Key checked(Key key) {
    if (key.id().length() > LONGEST_KEY || !isWellFormed(key.id())) {
      throw Standing.noSuchPlace(key).refusal();
    }
    return key;
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
