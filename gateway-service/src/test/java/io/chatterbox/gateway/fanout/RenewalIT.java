package io.chatterbox.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.gateway.Wire;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who joins what he has joined, such as for the next page, while messages are changed: an answer
/// that was read before a change and comes after it must not have the last word.
class RenewalIT {
  private static final Pattern EVENT = Pattern.compile("42\\[\"([a-z-]+)\",(?:\\{\"rev\":)?(\\d+)");

  private final Vertx vertx = Vertx.vertx();
  private final ComebackGateway.Log log = new ComebackGateway.Log();
  private final ComebackGateway gateway = new ComebackGateway("a", vertx, log, new ArrayList<>());
  private int read;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void write(String event, Reach reach) {
    long rev = log.head(ComebackGateway.TALK) + 1;
    RawJson payload = RawJson.of("{\"rev\":" + rev + "}");
    Hint.Change change = Hint.Change.telling(rev, List.of(ClientEvent.of(event, reach, payload)));
    log.add(change);
    gateway.publish(change, false);
  }

  @Test
  void whatChangedMessagesAboveTheAnswerComesAfterItOnceMore() throws Exception {
    // what it brings makes it join at once
    Wire client = Wire.open(URI.create("http://127.0.0.1:" + gateway.port()), "127.0.0.1", "join");
    assertThat(until(client, "joined")).containsExactly("joined 0");
    gateway.meanwhile(() -> {
      write("new-message", Reach.JOINED_ELSE_NOTIFIED);
      write("message-edited", Reach.JOINED);
      write("message-deleted", Reach.JOINED);
    });
    client.send("42[\"join-again\",{}]");
    List<String> before = until(client, "joined");
    assertThat(before)
        .containsExactly("new-message 1", "message-edited 2", "message-deleted 3", "joined 0");
    gateway.meanwhile(() -> {});
    assertThat(until(client, "message-deleted"))
        .containsExactly("message-edited 2", "message-deleted 3");
    write("new-message", Reach.JOINED_ELSE_NOTIFIED);
    assertThat(until(client, "new-message")).containsExactly("new-message 4");
    client.send("42[\"join-again\",{}]");
    assertThat(until(client, "joined")).containsExactly("joined 4");
    write("message-edited", Reach.JOINED);
    write("new-message", Reach.JOINED_ELSE_NOTIFIED);
    assertThat(until(client, "new-message")).containsExactly("message-edited 5", "new-message 6");
  }

  /// What is heard next, up to and with this event: each as its name and its change.
  private List<String> until(Wire wire, String event) {
    List<String> all = new ArrayList<>();
    while (all.isEmpty() || !all.getLast().startsWith(event + " ")) {
      int next = read++;
      Wire.await(() -> wire.frames().size() > next);
      Matcher heard = EVENT.matcher(wire.frames().get(next));
      if (heard.lookingAt()) {
        all.add(heard.group(1) + " " + heard.group(2));
      }
    }
    return all;
  }
}
