package io.chatterbox.gateway.sockets;

import io.chatterbox.bus.Trace;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.GatewayEvent;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.gateway.authority.Authority;
import io.chatterbox.gateway.authority.Token;
import io.chatterbox.gateway.fanout.Member;
import io.chatterbox.gateway.fanout.Session;
import io.chatterbox.gateway.recovery.Recovered;
import io.chatterbox.gateway.routing.Answer;
import io.chatterbox.gateway.routing.Dispatch;
import io.chatterbox.gateway.routing.FloodBucket;
import io.chatterbox.gateway.routing.Lanes;
import io.chatterbox.socketio.Event;
import io.chatterbox.socketio.Socket;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connected socket. Its events come one after the other on its loop.
final class Client implements Authority.Holder {
  /// Their limit is per user and over all gateways, after retries were recognised.
  private static final Set<String> MESSAGES =
      Set.of("send-message", "send-room-message", "ai-message");

  private final Socket socket;
  private final ClientTools tools;
  private final Authority authority;
  private final FloodBucket bucket;
  private @Nullable SignedIn signedIn;

  private record SignedIn(Member member, Lanes lanes, Caller caller) {}

  @Acknowledges("heartbeat")
  @Shape(name = "HeartbeatAnswer")
  record ServerTime(Instant serverTime) {}

  Client(Socket socket, ClientTools tools) {
    this.socket = socket;
    this.tools = tools;
    this.authority = new Authority(socket, tools.authority(), this);
    this.bucket = new FloodBucket(tools.eventsPerSecond(), System::nanoTime);
  }

  void begin() {
    socket.use((_, next) -> authority.whenSettled(next::proceed));
    socket.onEvent(this::handle);
    socket.onError(this::refuseMalformed);
    socket.onDisconnect(_ -> end());
    Optional<Recovered> recovered = recovered();
    if (recovered.isPresent()) {
      authority.begin(recovered.get().token(), recovered.get().isLate());
    } else {
      authority.begin();
    }
  }

  private Optional<Recovered> recovered() {
    return socket.recovered() && socket.data() instanceof Recovered recovered
        ? Optional.of(recovered)
        : Optional.empty();
  }

  private void end() {
    authority.end();
    if (signedIn != null) {
      signedIn.lanes().end();
      tools.typing().gone(signedIn.member());
      tools.people().exit(signedIn.member());
    }
  }

  @Override
  public void signedIn(Caller caller, Consumer<String> ready) {
    Person person = new Person(caller.userId(), caller.username());
    Member member = new Member(socket, person);
    Lanes lanes =
        new Lanes(tools.dispatch(), member, caller, key -> tools.typing().left(member, key));
    signedIn = new SignedIn(member, lanes, caller);
    Optional<Recovered> recovered = recovered();
    if (recovered.isPresent()) {
      lanes.joined(recovered.get().joined());
      tools.people().comeBack(member, recovered.get().comeback(), ready);
    } else {
      tools.people().enter(member, ready);
    }
  }

  @Override
  public void renewed(Caller caller) {
    if (signedIn != null) {
      signedIn.lanes().caller(caller);
      signedIn = new SignedIn(signedIn.member(), signedIn.lanes(), caller);
    }
  }

  @Override
  public void late(Token token) {
    if (signedIn != null) {
      signedIn.member().late(new Session.Late(token.sessionId(), token.expiresAt()));
    }
  }

  private void handle(Event event) {
    tools.metrics().in(event.name());
    Trace trace =
        tools.dispatch().knows(event.name()) ? tools.traces().begin(event.name()) : Trace.NONE;
    Answer answer = new Answer(socket, event, tools.json(), tools.metrics()::answered, trace);
    try {
      handle(event, answer);
    } catch (Refusal refusal) {
      answer.refuse(refusal);
    }
  }

  private void handle(Event event, Answer answer) {
    boolean isAuth = event.name().equals("auth");
    SignedIn known = signedIn;
    if (known == null && !isAuth) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Authenticate first.");
    }
    checkFlood(event.name());
    boolean isBinary = event.arguments().hasBinary();
    if (isAuth) {
      if (isBinary) {
        authority.refuseMalformed(answer);
      } else {
        authority.handle(Dispatch.body(event), answer);
      }
      return;
    }
    if (isBinary) {
      throw Refusal.invalid("No event takes binary data.");
    }
    if (known != null) {
      tools.activity().of(known.caller().userId(), socket.id());
      handle(event, answer, known);
    }
  }

  private void handle(Event event, Answer answer, SignedIn known) {
    switch (event.name()) {
      case "heartbeat" -> answer.done(tools.json().write(new ServerTime(tools.clock().instant())));
      case "typing" ->
          tools.typing().typing(known.member(), known.caller(), place(event), answered(answer));
      case "stop-typing" ->
          tools.typing().stopped(known.member(), known.caller(), place(event), answered(answer));
      default -> known.lanes().add(event, answer);
    }
  }

  /// A plain client sent what is no event.
  private void refuseMalformed(String sentence) {
    Failure failure;
    try {
      checkFlood("");
      failure = Refusal.invalid(sentence).failure();
    } catch (Refusal refusal) {
      failure = refusal.failure();
    }
    socket.emit("error", tools.json().write(failure).bytes());
  }

  private Key place(Event event) {
    RawJson body = Dispatch.body(event);
    GatewayEvent.Typing typing = tools.json().read(body, GatewayEvent.Typing.class);
    String roomName = typing.roomName();
    String conversationId = typing.conversationId();
    return Dispatch.checked(
        roomName != null
            ? Key.room(roomName)
            : Key.conversation(conversationId == null ? "" : conversationId));
  }

  private static Consumer<Optional<Failure>> answered(Answer answer) {
    return refused -> {
      if (refused.isPresent()) {
        answer.refuse(refused.get());
      } else {
        answer.done();
      }
    };
  }

  private void checkFlood(String event) {
    if (tools.isLimited() && !MESSAGES.contains(event)) {
      long retryAfter = bucket.take();
      if (retryAfter > 0) {
        throw new Refusal(
            ErrorCode.RATE_LIMITED, "Too many events; nothing was changed.", retryAfter);
      }
    }
  }
}
