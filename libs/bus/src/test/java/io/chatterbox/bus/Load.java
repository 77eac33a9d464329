package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends like gateways do: of each key one command at a time, the next after the answer, and the
/// same again after `UNAVAILABLE`. Keeps what was acknowledged.
final class Load {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CommandClient client;
  private final Map<Key, List<String>> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final List<ErrorCode> refused = new ArrayList<>();
  private volatile boolean isOver;

  Load(CommandClient client, int keys) {
    this.client = client;
    for (int i = 0; i < keys; i++) {
      Key key = Key.conversation("load-" + i);
      acknowledged.put(key, new ArrayList<>());
      open.incrementAndGet();
      next(key, 0);
    }
  }

  int count() {
    return acknowledged.values().stream().mapToInt(Load::size).sum();
  }

  /// Waits until every key has so many more answers.
  void awaitMoreOfEach(int more) {
    Map<String, Integer> wanted = new TreeMap<>();
    acknowledged.forEach((key, done) -> wanted.put(key.text(), size(done) + more));
    await()
        .atMost(PATIENCE)
        .until(() ->
            acknowledged.entrySet().stream()
                .allMatch(
                    each -> size(each.getValue()) >= wanted.getOrDefault(each.getKey().text(), 0)));
  }

  /// How often an answer was not known.
  int repeated() {
    return repeated.get();
  }

  /// Stops, and compares what was acknowledged with what was done: nothing is missing, double or in
  /// another order.
  void stopAndCompare(Ledger ledger) {
    isOver = true;
    await().atMost(PATIENCE).until(() -> open.get() == 0);
    assertThat(refused).isEmpty();
    acknowledged.forEach((key, done) -> assertThat(ledger.done(key)).isEqualTo(done));
  }

  private void next(Key key, int number) {
    if (isOver) {
      open.decrementAndGet();
      return;
    }
    send(key, number, key.text() + "-" + number);
  }

  private void send(Key key, int number, String id) {
    client.send(
        Answers.entry("send-message", key, id),
        reply -> {
          switch (reply) {
            case Reply.Done done -> {
              List<String> ofKey = acknowledged.getOrDefault(key, List.of());
              synchronized (ofKey) {
                ofKey.add(done.commandId());
              }
              next(key, number + 1);
            }
            case Reply.Refused(_, var failure) -> {
              if (failure.code() == ErrorCode.UNAVAILABLE) {
                repeated.incrementAndGet();
                send(key, number, id);
              } else {
                synchronized (refused) {
                  refused.add(failure.code());
                }
                open.decrementAndGet();
              }
            }
          }
        });
  }

  private static int size(List<String> done) {
    synchronized (done) {
      return done.size();
    }
  }
}
