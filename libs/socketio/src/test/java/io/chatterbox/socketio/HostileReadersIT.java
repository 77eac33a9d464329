package io.chatterbox.socketio;

import static io.chatterbox.socketio.AttackedServer.QUEUE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.CloseReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Readers that never read: bounded memory, and nobody else notices.
class HostileReadersIT {
  private static AttackedServer server;

  @BeforeAll
  static void start() {
    server = new AttackedServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void everyoneElseIsUnaffected() {
    server.everyoneElseIsUnaffected();
  }

  @Test
  void ofAFloodToReadersThatNeverReadOnlyTheirQueuesAreKept() throws IOException {
    int readers = 4;
    List<RawPeer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < readers; i++) {
        RawPeer peer = RawPeer.webSocket(server.port, 8192).text("40{\"reader\":false}");
        assertThat(peer.frame()).startsWith("40{");
        peers.add(peer);
      }
      long before = heapInUse();
      AtomicInteger most = new AtomicInteger();
      byte[] content = ("\"" + "x".repeat(40_000) + "\"").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1000; i++) { // 40 MB for each
        flood(content, most);
      }
      for (int i = 0; i < readers; i++) {
        assertThat(next(server.ends)).isEqualTo(CloseReason.SLOW_CONSUMER);
      }
      assertThat(most.get()).isLessThanOrEqualTo(QUEUE);
      assertThat(heapInUse() - before).isLessThan((long) readers * 2 * QUEUE);
      for (RawPeer peer : peers) {
        assertThat(peer.isEnded()).isTrue();
      }
    } finally {
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
  }

  private static void flood(byte[] content, AtomicInteger most) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (Socket socket : server.readers) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      sent.add(done);
      socket
          .loop()
          .execute(() -> {
            socket.emit("flood", content);
            most.accumulateAndGet(socket.queuedBytes(), Math::max);
            done.complete(null);
          });
    }
    sent.forEach(done -> done.orTimeout(10, TimeUnit.SECONDS).join());
  }

  private static long heapInUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static CloseReason next(BlockingQueue<CloseReason> ends) {
    try {
      CloseReason reason = ends.poll(20, TimeUnit.SECONDS);
      assertThat(reason).isNotNull();
      return requireNonNull(reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
