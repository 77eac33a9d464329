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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two gateways, a log that is written to all the time, hints that are lost, and clients that are
/// cut again and again and come back to either: what each has heard is what there was, once and in
/// order.
class ComebackIT {
  private static final int CUTS = 60;
  private static final String CONNECT = "CONNECT";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Vertx vertx = Vertx.vertx();
  private final ComebackGateway.Log log = new ComebackGateway.Log();
  private final List<ComebackGateway> gateways = new CopyOnWriteArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean(true);

  @AfterEach
  void close() {
    writing.set(false);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void await(String what, BooleanSupplier claim) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!claim.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true that " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Every third change has a second event, so that a client may be cut between the two.
  private static Hint.Change change(long rev) {
    List<ClientEvent> events = new ArrayList<>();
    RawJson payload = RawJson.of("{\"rev\":" + rev + "}");
    events.add(ClientEvent.of("new-message", Reach.JOINED_ELSE_NOTIFIED, payload));
    if (rev % 3 == 0) {
      events.add(ClientEvent.of("second", Reach.JOINED, payload));
    }
    return Hint.Change.telling(rev, events);
  }

  private static List<String> expected(String event, long after, long upTo) {
    List<String> all = new ArrayList<>();
    for (long rev = after + 1; rev <= upTo; rev++) {
      all.add(event + " " + rev);
      if (rev % 3 == 0 && event.equals("new-message")) {
        all.add("second " + rev);
      }
    }
    return all;
  }

  private void write(Random random) {
    long rev = log.head(ComebackGateway.TALK) + 1;
    Hint.Change change = change(rev);
    log.add(change);
    gateways.forEach(gateway -> gateway.publish(change, random.nextInt(5) == 0));
  }

  @Test
  void whoIsCutAgainAndAgainHearsEverythingOnceAndInOrder() throws Exception {
    gateways.clear();
    var _ = new ComebackGateway("a", vertx, log, gateways);
    var _ = new ComebackGateway("b", vertx, log, gateways);
    Random random = new Random(11);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              while (writing.get()) {
                write(random);
                LockSupport.parkNanos(random.nextInt(8_000_000));
              }
            });
    List<Client> clients = List.of(new Client(1, true), new Client(2, true), new Client(3, false));
    List<Thread> threads = clients.stream().map(one -> Thread.ofVirtual().start(one::run)).toList();
    for (Thread thread : threads) {
      thread.join();
    }
    writing.set(false);
    writer.join();
    // the last has one event
    do {
      write(random);
    } while (log.head(ComebackGateway.TALK) % 3 == 0);
    for (Client client : clients) {
      client.check();
    }
  }

  /// A client that has heard the first of a change's two events is cut again each time that CONNECT
  /// is answered: what it has heard does not come again, and the rest of it still does.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsCutWithinAChangeAndComesBackInVainDoesNotHearItTwice(boolean joins) {
    var _ = new ComebackGateway("a", vertx, log, gateways);
    var _ = new ComebackGateway("b", vertx, log, gateways);
    Client client = new Client(1, joins);
    client.connect();
    await("it is in", () -> !client.offset.isEmpty() && (!joins || client.joined >= 0));
    client.cutAfter = joins ? "new-message 3" : "notification 3";
    for (long rev = 1; rev <= 4; rev++) {
      Hint.Change change = change(rev);
      log.add(change);
      gateways.forEach(gateway -> gateway.publish(change, false));
    }
    await("it is cut", () -> client.link.isCut);
    client.cutAfter = CONNECT;
    for (int time = 0; time < 4; time++) {
      client.connect();
      await("it is cut", () -> client.link.isCut);
    }
    client.cutAfter = "";
    client.connect();
    client.check();
  }

  /// One client, on whichever gateway.
  private final class Client {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"");
    private static final Pattern EVENT =
        Pattern.compile("42\\[\"([a-z-]+)\",(.*?)(?:,\"([^\"]+)\")?]");
    private static final Pattern REV = Pattern.compile("\"rev\":(\\d+)");

    private final Random random;
    private final boolean joins;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private volatile String pid = "";
    private volatile String id = "";
    private volatile String offset = "";
    private volatile String cutAfter = "";
    private volatile long joined = -1;
    private volatile Link link = new Link();

    Client(int seed, boolean joins) {
      this.random = new Random(seed);
      this.joins = joins;
    }

    void run() {
      try {
        connect();
        await("it is in", () -> !offset.isEmpty() && (!joins || joined >= 0));
        for (int cut = 0; cut < CUTS && wrong.isEmpty(); cut++) {
          int enough = heard.size() + random.nextInt(12);
          await("it hears more", () -> heard.size() >= enough || !wrong.isEmpty());
          link.cut();
          connect();
        }
      } catch (RuntimeException | AssertionError e) {
        wrong.add(e.toString());
      }
    }

    void check() {
      assertThat(wrong).isEmpty();
      long head = log.head(ComebackGateway.TALK);
      await(
          "it has heard all, up to " + head + " and not " + last(),
          () -> last().endsWith(" " + head));
      List<String> all = List.copyOf(heard);
      long first = joins ? joined : firstRev(all) - 1;
      String event = joins ? "new-message" : "notification";
      List<String> wanted = expected(event, first, head);
      for (int i = 0; i < wanted.size(); i++) {
        String where = "around " + all.subList(Math.max(0, i - 3), Math.min(all.size(), i + 4));
        assertThat(i < all.size() ? all.get(i) : "nothing").as(where).isEqualTo(wanted.get(i));
      }
      assertThat(all).hasSameSizeAs(wanted);
    }

    private String last() {
      return heard.isEmpty() ? "" : heard.getLast();
    }

    private static long firstRev(List<String> all) {
      String first = all.getFirst();
      return Long.parseLong(first.substring(first.indexOf(' ') + 1));
    }

    private void connect() {
      Link fresh = new Link();
      link = fresh;
      ComebackGateway gateway = gateways.get(random.nextInt(gateways.size()));
      fresh.open(gateway.port());
      await("CONNECT is answered", () -> fresh.answered || !wrong.isEmpty());
    }

    private final class Link implements WebSocket.Listener {
      private final StringBuilder partial = new StringBuilder();
      private volatile boolean answered;
      private volatile boolean isCut;

      @SuppressWarnings("NullAway.Init")
      private volatile WebSocket socket;

      void open(int port) {
        socket =
            HTTP.newWebSocketBuilder()
                .buildAsync(
                    URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"),
                    this)
                .join();
        String recovery =
            pid.isEmpty() ? "" : ",\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"";
        socket
            .sendText("40{\"as\":\"" + (joins ? "join" : "none") + "\"" + recovery + "}", true)
            .join();
      }

      private void cutAfter(String heard) {
        if (heard.equals(cutAfter)) {
          cut();
        }
      }

      /// What is on its way does not arrive.
      void cut() {
        synchronized (this) {
          isCut = true;
        }
        socket.abort();
      }

      @Override
      public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
          String frame = partial.toString();
          partial.setLength(0);
          synchronized (this) {
            if (!isCut) {
              frame(frame);
            }
          }
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
      }

      private void frame(String frame) {
        Matcher connect = SID.matcher(frame);
        Matcher event = EVENT.matcher(frame);
        if (frame.startsWith("40") && connect.find()) {
          if (!pid.isEmpty() && !(connect.group(2).equals(pid) && connect.group(1).equals(id))) {
            wrong.add("a new session after " + heard.size() + " events, offset " + offset);
          }
          id = connect.group(1);
          pid = connect.group(2);
          answered = true;
          cutAfter(CONNECT);
        } else if (frame.startsWith("42[\"joined\"")) {
          joined = Long.parseLong(frame.replaceAll("\\D", "").substring(2));
        } else if (event.matches()) {
          if (event.group(3) != null) {
            offset = event.group(3);
          }
          Matcher rev = REV.matcher(event.group(2));
          boolean isJoining = joins && joined < 0;
          if (rev.find() && !isJoining) {
            heard.add(event.group(1) + " " + rev.group(1));
            cutAfter(last());
          }
        }
      }
    }
  }
}
