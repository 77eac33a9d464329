package io.chatterbox.bus;

import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads one partition's stream over a connection of its own, with a blocking read: a read of
/// several streams would name several hash tags. Runs on one context.
///
/// What is in the stream is what is to do. So every connection begins at the stream's beginning,
/// and what is in hand is skipped.
final class StreamReader implements Link.Listener {
  private static final Logger LOG = Logger.getLogger(StreamReader.class);
  private static final Duration BLOCK = Duration.ofSeconds(2);
  private static final int FIRST_ENTRIES = 8;
  private static final int MOST_ENTRIES = 128;
  private static final long MANY_BYTES = 1L << 20;
  private static final long FULL_PAUSE_MILLIS = 10;
  private static final long ERROR_PAUSE_MILLIS = 250;

  /// Takes entries over. Does not block.
  interface Receiver {
    void take(Tenure tenure, Entries.Read entry);

    /// Something in the stream that is no entry.
    void refuse(Tenure tenure, StreamId id);
  }

  private final Tenure tenure;
  private final Links links;
  private final Link link;
  private final Entries entries;
  private final Receiver receiver;
  private final BooleanSupplier isFull;
  private final Duration patience;
  private StreamId cursor = StreamId.ZERO;
  private int entriesAtOnce = FIRST_ENTRIES;
  private boolean isReading;

  StreamReader(
      Tenure tenure,
      Links links,
      Context context,
      Entries entries,
      Receiver receiver,
      BooleanSupplier isFull) {
    this.tenure = tenure;
    this.links = links;
    this.entries = entries;
    this.receiver = receiver;
    this.isFull = isFull;
    this.patience = BLOCK.plus(links.patience());
    this.link = links.open(tenure.partition().commands(), context, this);
    link.start();
  }

  @Override
  public void up() {
    isReading = false;
    cursor = StreamId.ZERO;
    read();
  }

  /// Begins at the stream's beginning again with the next read.
  void rewind() {
    cursor = StreamId.ZERO;
  }

  void close() {
    links.close(link);
  }

  private void read() {
    if (isReading || tenure.isClosed() || !link.isUp()) {
      return;
    }
    isReading = true;
    if (isFull.getAsBoolean()) {
      later(FULL_PAUSE_MILLIS);
      return;
    }
    Request request =
        Request.cmd(
            Command.XREAD,
            "COUNT",
            entriesAtOnce,
            "BLOCK",
            BLOCK.toMillis(),
            "STREAMS",
            tenure.partition().commands(),
            cursor.text());
    link.send(request, patience)
        .onSuccess(answer -> {
          take(answer);
          isReading = false;
          read();
        })
        .onFailure(e -> {
          if (link.isUp()) {
            LOG.warnf("read failed stream=%s reason=%s", tenure.partition().commands(), e);
            later(ERROR_PAUSE_MILLIS);
          }
          // else the next connection begins anew
        });
  }

  private void later(long millis) {
    links
        .vertx()
        .setTimer(
            millis,
            _ -> {
              isReading = false;
              read();
            });
  }

  private void take(@Nullable Response answer) {
    if (answer == null || tenure.isClosed()) {
      return;
    }
    Response read = answer.get(0).get(1);
    long bytes = 0;
    for (Response entry : read) {
      StreamId id = StreamId.parse(entry.get(0).toString());
      cursor = id;
      if (tenure.hold(id)) {
        try {
          Entries.Read whole = entries.read(id, entry.get(1));
          bytes += whole.bytes();
          receiver.take(tenure, whole);
        } catch (RuntimeException e) {
          LOG.errorf("unreadable entry stream=%s id=%s", tenure.partition().commands(), id);
          receiver.refuse(tenure, id);
        }
      }
    }
    if (bytes > MANY_BYTES) {
      entriesAtOnce = Math.max(1, entriesAtOnce / 4);
    } else if (read.size() == entriesAtOnce) {
      entriesAtOnce = Math.min(MOST_ENTRIES, entriesAtOnce * 2);
    }
  }
}
