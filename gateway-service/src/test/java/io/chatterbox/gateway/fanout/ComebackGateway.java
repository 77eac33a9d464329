package io.chatterbox.gateway.fanout;

import io.chatterbox.bus.Json;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.engineio.CloseReason;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.Loopback;
import io.chatterbox.socketio.Handshake;
import io.chatterbox.socketio.Recovery;
import io.chatterbox.socketio.Socket;
import io.chatterbox.socketio.SocketIoOptions;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// A gateway without services and Redis: its sockets, feeds and recovery, around a log that the
/// test writes. Whoever connects is `ann`, takes part in one conversation, and joins it if his
/// CONNECT says so.
final class ComebackGateway implements FeedSource, Recovery {
  static final Key TALK = Key.conversation("talk");
  private static final int CONVERTS = 200;
  private static final Person ANN = new Person("ann", "ann");

  private final Log log;
  private final Hub hub;
  private final FeedTools tools;
  private final Stays stays;
  private final Comebacks comebacks;
  private final Joins joins;
  private final Json json = new Json();
  private final Map<Key, Feed> feeds = new HashMap<>();
  private final List<ComebackGateway> all;
  private final HttpServer http;

  /// What happens after a join was read, and before it is granted.
  private volatile Runnable meanwhile = () -> {};

  /// What was written, and hears of it.
  static final class Log {
    private final List<Hint.Change> changes = new ArrayList<>();

    synchronized void add(Hint.Change change) {
      changes.add(change);
    }

    synchronized long head(Key key) {
      return key.equals(TALK) ? changes.size() : 0;
    }

    synchronized List<Hint.Change> after(Key key, long rev) {
      long to = Math.min(head(key), rev + LogReader.PAGE);
      return rev >= to ? List.of() : List.copyOf(changes.subList((int) rev, (int) to));
    }
  }

  /// @param all where it adds itself
  ComebackGateway(String name, Vertx vertx, Log log, List<ComebackGateway> all) {
    GatewayConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(GatewayConfig.class)
            .withConverter(Duration.class, CONVERTS, new DurationConverter())
            .build()
            .getConfigMapping(GatewayConfig.class);
    this.log = log;
    this.all = all;
    this.hub = new VertxHub(vertx);
    SocketIoServer server =
        new SocketIoServer(
            vertx, SocketIoOptions.defaults().with(this), new Cors(Set.of(), false, true));
    FanoutMetrics metrics = new FanoutMetrics(new SimpleMeterRegistry());
    Numbers numbers = new Numbers(name, hub, Clock.systemUTC(), config.recovery());
    Locals locals = new Locals();
    Outlet outlet = new Outlet(server, metrics);
    this.tools =
        new FeedTools(
            hub,
            this::read,
            outlet,
            locals,
            numbers,
            metrics,
            config.fanout(),
            List.of(),
            List.of());
    this.stays = new Stays(this, tools, config.recovery());
    this.comebacks = new Comebacks(this, tools, stays, config.recovery());
    this.joins = new Joins(this, tools);
    server.of("/").onConnection(this::connected);
    this.http = Loopback.serve(vertx, server);
    all.add(this);
  }

  int port() {
    return http.actualPort();
  }

  void meanwhile(Runnable task) {
    meanwhile = task;
  }

  /// A change is published, and heard or not.
  void publish(Hint.Change change, boolean isLost) {
    hub.execute(() -> {
      Feed feed = feeds.get(TALK);
      if (feed != null && isLost) {
        // the beat of its owner says so
        hub.after(20, () -> find(TALK).ifPresent(open -> open.learn(change.rev())));
      } else if (feed != null) {
        feed.heard(List.of(change));
      }
    });
  }

  private void read(Key key, long after, Consumer<Optional<List<Hint.Change>>> page) {
    hub.after(2, () -> page.accept(Optional.of(log.after(key, after))));
  }

  // ---- feeds

  @Override
  public Optional<Feed> find(Key key) {
    return Optional.ofNullable(feeds.get(key));
  }

  @Override
  public Feed open(Key key) {
    return feeds.computeIfAbsent(key, k -> new Feed(k, tools, this::close));
  }

  private void close(Feed feed) {
    feeds.remove(feed.key(), feed);
    feed.close();
  }

  @Override
  public Future<Void> confirmed(Feed feed) {
    return Future.succeededFuture();
  }

  @Override
  public void check(Collection<Feed> some, Consumer<Boolean> done) {
    hub.after(
        1,
        () -> {
          some.forEach(feed -> feed.learn(log.head(feed.key())));
          done.accept(true);
        });
  }

  // ---- sockets

  private void connected(Socket socket) {
    Member member = new Member(socket, ANN);
    boolean joins = text(socket.handshake()).contains("\"join\"");
    socket.onDisconnect(_ -> hub.execute(() -> exit(member)));
    hub.execute(() -> {
      Optional<Comeback> comeback =
          socket.recovered() && socket.data() instanceof Comeback one
              ? Optional.of(one)
              : Optional.empty();
      Locals.User user = add(member);
      if (comeback.isPresent()) {
        comeback.get().bind(member, user, () -> signedIn(member));
        member.comeback().ifPresent(_ -> stays.opened(member));
        return;
      }
      socket.join(Rooms.user(ANN.userId()));
      member.hearing().begin(tools.numbers().last() + 1);
      member.hearsAllAfter(tools.numbers().last() + 1);
      stays.opened(member);
      signedIn(member);
      if (joins) {
        join(member);
      }
      socket.on("join-again", _ -> hub.execute(() -> join(member)));
    });
  }

  private static String text(Handshake handshake) {
    return new String(handshake.auth(), StandardCharsets.UTF_8);
  }

  private void signedIn(Member member) {
    byte[] number = tools.numbers().json(tools.numbers().next(1));
    member.socket().emit("authenticated", new byte[] {'{', '}'}, number);
  }

  private Locals.User add(Member member) {
    tools
        .locals()
        .add(member)
        .ifPresent(user -> {
          Feed own = open(Key.user(ANN.userId()));
          own.audience().addLocal(ANN.userId());
          user.follows().add(own);
          own.start(0);
          Feed talk = open(TALK);
          user.follows().add(talk);
          long rev = log.head(TALK);
          user.hearing().open(TALK, Span.takingPart(rev));
          Entrant entrant = new Entrant.OfUser(talk, tools.locals(), ANN.userId());
          talk.expect(entrant);
          talk.start(rev);
          talk.enter(entrant, rev);
          user.followed();
        });
    return tools.locals().find(ANN.userId()).orElseThrow();
  }

  /// Answers with the last change that the answer tells of.
  private void join(Member member) {
    joins.prepare(
        member,
        TALK,
        ticket -> {
          long rev = log.head(TALK);
          meanwhile.run();
          hub.after(
              3,
              () ->
                  ticket
                      .orElseThrow()
                      .granted(
                          rev,
                          then ->
                              member
                                  .socket()
                                  .loop()
                                  .execute(() -> {
                                    member.socket().emit("joined", json.write(rev).bytes());
                                    then.run();
                                  })));
        });
  }

  private void exit(Member member) {
    member.gone();
    member.comeback().ifPresent(Comeback::over);
    for (Feed feed : List.copyOf(member.feeds())) {
      feed.audience().leave(member, false);
      feed.release();
    }
    member.feeds().clear();
    tools
        .locals()
        .remove(member)
        .ifPresent(user ->
            List.copyOf(user.follows())
                .forEach(feed -> {
                  feed.audience().removeLocal(ANN.userId());
                  feed.release();
                }));
    stays.ended(member);
  }

  // ---- recovery

  @Override
  public String newPid() {
    return UUID.randomUUID().toString();
  }

  @Override
  public void keep(Socket socket, String pid, CloseReason reason) {
    Optional<Comeback> comeback =
        socket.data() instanceof Comeback one ? Optional.of(one) : Optional.empty();
    hub.execute(() -> stays.cut(pid, comeback));
  }

  @Override
  public void restore(
      String namespace,
      Handshake handshake,
      String pid,
      String offset,
      Consumer<Optional<Restored>> answer) {
    Stays.Claim claim = new Stays.Claim(pid, offset, ANN.userId());
    take(claim, List.copyOf(all), found -> hub.execute(() -> restore(found, answer)));
  }

  /// Asks one gateway after the other.
  private static void take(
      Stays.Claim claim, List<ComebackGateway> left, Consumer<Optional<Session>> found) {
    if (left.isEmpty()) {
      found.accept(Optional.empty());
      return;
    }
    ComebackGateway first = left.getFirst();
    first.hub.execute(() -> {
      if (first.stays.knows(claim.pid())) {
        first.stays.take(claim, found);
      } else {
        take(claim, left.subList(1, left.size()), found);
      }
    });
  }

  private void restore(Optional<Session> found, Consumer<Optional<Restored>> answer) {
    if (found.isEmpty()) {
      answer.accept(Optional.empty());
      return;
    }
    Session session = json.read(json.write(found.get()), Session.class);
    comebacks.begin(
        session,
        comeback ->
            answer.accept(
                comeback.map(one ->
                    new Restored(
                        session.id(), session.pid(), Set.of(), one, one.takeMissed(), true))));
  }
}
