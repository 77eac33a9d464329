package io.chatterbox.gateway.recovery;

import io.chatterbox.bus.Node;
import io.chatterbox.gateway.fanout.Comeback;
import io.chatterbox.gateway.fanout.Comebacks;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Session;
import io.chatterbox.gateway.fanout.Stays;
import io.chatterbox.gateway.fanout.Stays.Claim;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/// Where sessions are that may be taken up again. From any thread; answers come on the hub.
@Singleton
final class Sessions {
  private static final int MOST_MOVED = 20_000;
  private static final int MOST_MOVES = 3;
  private static final String NAME = "[A-Za-z0-9._-]{1,200}";

  private final String own;
  private final Stays stays;
  private final Comebacks comebacks;
  private final Elsewhere elsewhere;
  private final Left left;
  private final Hub hub;

  /// Sessions that were given to other gateways: a client that is cut before it has heard anything
  /// there still names this one.
  private final LinkedHashMap<String, String> moved = new LinkedHashMap<>();

  @Inject
  Sessions(Node node, Stays stays, Comebacks comebacks, Elsewhere elsewhere, Left left, Hub hub) {
    this.own = node.name();
    this.stays = stays;
    this.comebacks = comebacks;
    this.elsewhere = elsewhere;
    this.left = left;
    this.hub = hub;
  }

  void start(@Observes StartupEvent event) {
    elsewhere.listen(this::give);
  }

  /// A socket was cut. Before it is told that it has ended.
  void cut(String pid, Optional<Comeback> comeback) {
    hub.execute(() -> stays.cut(pid, comeback));
  }

  void gather(Session session, Consumer<Optional<Comeback>> outcome) {
    hub.execute(() -> comebacks.begin(session, outcome));
  }

  /// Takes a session from where it is.
  void take(Claim claim, Consumer<Optional<Session>> found) {
    hub.execute(() -> {
      String last = moved.get(claim.pid());
      if (stays.knows(claim.pid())) {
        stays.take(claim, found);
      } else if (last != null) {
        ask(last, claim, MOST_MOVES, found);
      } else {
        ask(gateway(claim.offset()), claim, MOST_MOVES, found);
      }
    });
  }

  private void ask(String gateway, Claim claim, int moves, Consumer<Optional<Session>> found) {
    if (!gateway.matches(NAME)) {
      found.accept(Optional.empty());
      return;
    }
    if (moves == 0 || gateway.equals(own)) {
      // one that had this name before may have left it
      left.take(claim, found);
      return;
    }
    elsewhere.ask(
        gateway,
        claim,
        answer -> {
          if (answer.moved() != null) {
            ask(answer.moved(), claim, moves - 1, found);
          } else if (answer.session() != null) {
            found.accept(Optional.of(answer.session()));
          } else {
            left.take(claim, found);
          }
        });
  }

  /// Another gateway asks.
  private void give(Claim claim, String from, Consumer<Elsewhere.Answer> answer) {
    String last = moved.get(claim.pid());
    if (!stays.knows(claim.pid()) && last != null) {
      answer.accept(new Elsewhere.Answer("", null, last));
      return;
    }
    if (!stays.knows(claim.pid())) {
      left.whenLeft(() -> answer.accept(new Elsewhere.Answer("", null, null)));
      return;
    }
    stays.take(
        claim,
        session -> {
          if (session.isPresent()) {
            moved.remove(claim.pid());
            moved.put(claim.pid(), from);
            if (moved.size() > MOST_MOVED) {
              moved.pollFirstEntry();
            }
          }
          answer.accept(new Elsewhere.Answer("", session.orElse(null), null));
        });
  }

  /// The gateway that a client's offset names.
  private static String gateway(String offset) {
    return offset.substring(0, Math.max(0, offset.lastIndexOf('.')));
  }
}
