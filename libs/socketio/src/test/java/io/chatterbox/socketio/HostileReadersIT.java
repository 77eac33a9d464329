package io.chatterbox.socketio;

import static io.chatterbox.socketio.AttackedServer.QUEUE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.engineio.CloseReason;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
      String session =
          AttackedServer.POLLING + "&sid=" + server.bystander.openPolling(AttackedServer.POLLING);
      server.bystander.post(session, "40{\"reader\":false}"); // and never asks for more
      await().until(() -> server.readers.size() == readers + 1);
      long before = memoryInUse();
      long most = 0;
      byte[] content = ("\"" + "x".repeat(40_000) + "\"").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1000; i++) { // 40 MB for each
        server.flood(content);
        settle();
        if (i % 5 == 0 && i < 100) { // by then nobody is left
          most = Math.max(most, memoryInUse() - before);
        }
      }
      for (int i = 0; i <= readers; i++) {
        assertThat(next(server.ends)).isEqualTo(CloseReason.SLOW_CONSUMER);
      }
      // each one's queue, and what the channel has taken on
      assertThat(most).isLessThan((readers + 1L) * 2 * QUEUE);
      for (RawPeer peer : peers) {
        assertThat(peer.isEnded()).isTrue();
      }
    } finally {
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
  }

  /// Until the loops have done what was sent.
  private static void settle() {
    for (Socket socket : server.readers) {
      CompletableFuture.runAsync(() -> {}, socket.loop()).orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  /// On the heap and beside it.
  private static long memoryInUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory()
        - Runtime.getRuntime().freeMemory()
        + PlatformDependent.usedDirectMemory();
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
