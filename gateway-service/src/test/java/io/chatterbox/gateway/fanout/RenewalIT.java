package io.chatterbox.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who joins what he has joined, such as for the next page, while messages are changed: an answer
/// that was read before a change and comes after it must not have the last word.
class RenewalIT {
  private static final long PATIENCE_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final ComebackGateway.Log log = new ComebackGateway.Log();
  private final ComebackGateway gateway = new ComebackGateway("a", vertx, log, new ArrayList<>());

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
    Client client = new Client();
    client.open(gateway.port());
    assertThat(client.until("joined")).containsExactly("joined 0");
    gateway.meanwhile(() -> {
      write("new-message", Reach.JOINED_ELSE_NOTIFIED);
      write("message-edited", Reach.JOINED);
      write("message-deleted", Reach.JOINED);
    });
    client.say("join-again");
    List<String> before = client.until("joined");
    assertThat(before)
        .containsExactly("new-message 1", "message-edited 2", "message-deleted 3", "joined 0");
    gateway.meanwhile(() -> {});
    assertThat(client.until("message-deleted"))
        .containsExactly("message-edited 2", "message-deleted 3");
    write("new-message", Reach.JOINED_ELSE_NOTIFIED);
    assertThat(client.until("new-message")).containsExactly("new-message 4");
    client.say("join-again");
    assertThat(client.until("joined")).containsExactly("joined 4");
    write("message-edited", Reach.JOINED);
    write("new-message", Reach.JOINED_ELSE_NOTIFIED);
    assertThat(client.until("new-message")).containsExactly("message-edited 5", "new-message 6");
  }

  /// A client of bare frames.
  private static final class Client implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    @SuppressWarnings("NullAway.Init")
    private WebSocket socket;

    void open(int port) {
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"),
                  this)
              .join();
      socket.sendText("40{\"as\":\"join\"}", true).join();
    }

    void say(String event) {
      socket.sendText("42[\"" + event + "\",{}]", true).join();
    }

    /// What is heard up to and with this event: each as its name and its change.
    List<String> until(String event) throws InterruptedException {
      List<String> all = new ArrayList<>();
      while (all.isEmpty() || !all.getLast().startsWith(event + " ")) {
        String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("after " + all).isNotNull();
        all.add(next);
      }
      return all;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String frame = partial.toString();
        partial.setLength(0);
        if (frame.startsWith("42[") && !frame.startsWith("42[\"authenticated\"")) {
          String[] parts = frame.substring(2).split("[^a-z0-9-]+", -1);
          heard.add(parts[1] + " " + frame.replaceAll("^[^,]*,(?:\\{\"rev\":)?(\\d+).*$", "$1"));
        }
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
