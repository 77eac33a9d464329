package io.chatterbox.gateway.ops;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Node;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.OpsAnswer;
import io.chatterbox.contract.OpsAnswer.Account;
import io.chatterbox.contract.OpsAnswer.OpenSocket;
import io.chatterbox.contract.OpsQuestion;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.engineio.ConnectRequest;
import io.chatterbox.gateway.authority.LiveSockets;
import io.chatterbox.gateway.authority.LiveSockets.Seen;
import io.chatterbox.gateway.edge.ClientAddresses;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Answers what other gateways want to know of the sockets here, and cuts those that are to go.
@Singleton
final class SocketDesk {
  private static final Logger LOG = Logger.getLogger(SocketDesk.class);
  private static final int MOST = 200;

  private final LiveSockets sockets;
  private final ClientAddresses addresses;
  private final Road road;
  private final Vertx vertx;

  /// The bus, as far as it is needed here.
  @Singleton
  record Road(Channels channels, Requests redis, Json json, Node node) {}

  @Inject
  SocketDesk(LiveSockets sockets, ClientAddresses addresses, Road road, Vertx vertx) {
    this.sockets = sockets;
    this.addresses = addresses;
    this.road = road;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    road.channels()
        .subscribe(RedisNames.socketQuestions(), this::asked)
        .onFailure(e -> LOG.debugf("event=socket-questions-not-heard-yet reason=%s", e));
  }

  private void asked(Buffer message) {
    OpsQuestion question = road.json().read(RawJson.of(message.getBytes()), OpsQuestion.class);
    // a gateway may have very many sockets
    vertx
        .executeBlocking(() -> road.json().write(answer(question)).bytes(), false)
        .compose(answer -> road.redis().publish(question.replyTo(), answer))
        .onFailure(e -> LOG.warnf("event=socket-question-not-answered reason=%s", e));
  }

  private OpsAnswer answer(OpsQuestion question) {
    String subject = question.subject();
    return switch (question.about()) {
      case ACCOUNTS -> accounts(question.id(), subject);
      case SOCKETS -> sockets(question.id(), sockets.of(subject).toList());
      case CUT_ACCOUNT -> cut(question.id(), sockets.cut(subject, _ -> true));
      case CUT_SOCKET -> cut(question.id(), cutSocket(subject));
    };
  }

  private List<Seen> cutSocket(String socketId) {
    return sockets
        .all()
        .filter(seen -> seen.socketId().equals(socketId))
        .flatMap(found ->
            sockets.cut(found.token().userId(), seen -> seen.socketId().equals(socketId)).stream())
        .toList();
  }

  private OpsAnswer accounts(String id, String begin) {
    String wanted = begin.toLowerCase(Locale.ROOT);
    Map<String, List<Seen>> byUser =
        sockets
            .all()
            .filter(seen -> seen.token().username().toLowerCase(Locale.ROOT).startsWith(wanted))
            .collect(Collectors.groupingBy(seen -> seen.token().userId()));
    List<Account> accounts =
        byUser.values().stream()
            .map(of -> {
              Seen one = of.getFirst();
              return new Account(one.token().userId(), one.token().username(), of.size());
            })
            .sorted(Comparator.comparing(Account::username, String.CASE_INSENSITIVE_ORDER))
            .limit(MOST)
            .toList();
    return new OpsAnswer(id, road.node().name(), byUser.size(), accounts, List.of());
  }

  private OpsAnswer cut(String id, List<Seen> cut) {
    cut.forEach(seen ->
        LOG.infof("event=socket-cut user=%s socket=%s", seen.token().userId(), seen.socketId()));
    return sockets(id, cut);
  }

  private OpsAnswer sockets(String id, List<Seen> seen) {
    List<OpenSocket> listed =
        seen.stream()
            .sorted(Comparator.comparingLong(Seen::epochMillis))
            .limit(MOST)
            .map(this::view)
            .toList();
    return new OpsAnswer(id, road.node().name(), seen.size(), List.of(), listed);
  }

  private OpenSocket view(Seen seen) {
    ConnectRequest request = seen.request();
    int port = request.remoteAddress().lastIndexOf(':');
    return new OpenSocket(
        seen.socketId(),
        seen.token().userId(),
        seen.token().sessionId(),
        road.node().name(),
        addresses.of(
            request.remoteAddress().substring(0, Math.max(port, 0)),
            request.headers().first("X-Forwarded-For").map(List::of).orElse(List.of())),
        shortened(request.headers().first("User-Agent").orElse("")),
        Instant.ofEpochMilli(seen.epochMillis()));
  }

  private static String shortened(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST);
  }
}
