package io.chatterbox.bus;

import io.chatterbox.bus.Topology.Redirection;
import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads one partition's stream over a connection of its own to its master, with a blocking read: a
/// read of several streams would name several hash tags. Runs on one context.
///
/// What is in the stream is what is to do. So every connection begins at the stream's beginning,
/// and what is in hand is skipped. When the stream moves to another master, so does the connection.
final class StreamReader implements Link.Listener, Topology.Listener {
  private static final Logger LOG = Logger.getLogger(StreamReader.class);
  private static final Duration BLOCK = Duration.ofSeconds(2);
  private static final int FIRST_ENTRIES = 8;
  private static final int MOST_ENTRIES = 128;
  private static final long MANY_BYTES = 1L << 20;
  private static final long FULL_PAUSE_MILLIS = 10;
  private static final long ERROR_PAUSE_MILLIS = 250;
  private static final long SETTLED = Duration.ofMillis(250).toNanos();

  /// Takes entries over. Does not block.
  interface Receiver {
    void take(Tenure tenure, Entries.Read entry);

    /// Something in the stream that is no entry.
    void refuse(Tenure tenure, StreamId id);
  }

  private final Tenure tenure;
  private final Links links;
  private final Topology topology;
  private final Context context;
  private final int slot;
  private final Entries entries;
  private final Receiver receiver;
  private final BooleanSupplier isFull;
  private final Duration patience;
  private StreamId cursor = StreamId.ZERO;
  private int entriesAtOnce = FIRST_ENTRIES;
  private int connection;
  private @Nullable Link link;
  private @Nullable Address master;
  // whether the slot is only on its way to that master
  private boolean asking;
  private boolean closed;
  private long connectedAt;

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
    this.context = context;
    this.topology = links.topology();
    this.slot = HashSlot.of(tenure.partition().commands());
    topology.listen(this);
    follow();
  }

  @Override
  public void looked() {
    context.runOnContext(_ -> follow());
  }

  @Override
  public void moving(int movingSlot) {
    if (movingSlot == slot) {
      // the stream may have left already: nothing would wake the read that waits for it
      context.runOnContext(_ -> {
        if (!asking && System.nanoTime() - connectedAt > SETTLED) {
          reconnect();
        }
      });
    }
  }

  private void follow() {
    Address known = topology.masterOf(slot).orElse(null);
    if (known != null && known.equals(master)) {
      asking = false;
    } else if (known != null && !asking) {
      connect(known, false);
    }
  }

  private void reconnect() {
    if (master != null) {
      connect(master, asking);
    }
  }

  private void connect(Address to, boolean asks) {
    if (closed) {
      return;
    }
    if (link != null) {
      links.close(link);
    }
    connection++;
    master = to;
    asking = asks;
    connectedAt = System.nanoTime();
    link = links.open(context, to, this);
    link.start();
  }

  @Override
  public void up() {
    connection++;
    cursor = StreamId.ZERO;
    read(connection);
  }

  /// Begins at the stream's beginning again with the next read.
  void rewind() {
    cursor = StreamId.ZERO;
  }

  @Override
  public void down(String reason) {
    asking = false;
    topology.doubt();
  }

  void close() {
    closed = true;
    topology.unlisten(this);
    if (link != null) {
      links.close(link);
    }
  }

  /// Reads on, as long as the connection is the one that this began on.
  private void read(int on) {
    Link open = link;
    if (on != connection || tenure.isClosed() || open == null) {
      return;
    }
    if (isFull.getAsBoolean()) {
      later(on, FULL_PAUSE_MILLIS);
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
    open.send(request, patience, asking)
        .onSuccess(answer -> {
          if (on == connection) {
            take(answer);
            read(on);
          }
        })
        .onFailure(e -> {
          // after a lost link the next connection begins anew
          if (on == connection && e instanceof ErrorType refusal) {
            refused(on, refusal);
          }
        });
  }

  private void refused(int on, ErrorType refusal) {
    Address from = Objects.requireNonNull(master);
    if (Redirection.isOne(refusal)) {
      Redirection redirection = Redirection.of(refusal, from);
      connect(redirection.to(), !redirection.isMoved());
      if (redirection.isMoved()) {
        topology.moved(slot, redirection.to());
      }
    } else {
      if (!topology.learn(refusal, from)) {
        LOG.warnf("read failed stream=%s reason=%s", tenure.partition().commands(), refusal);
      }
      later(on, ERROR_PAUSE_MILLIS);
    }
  }

  private void later(int on, long millis) {
    links.vertx().setTimer(millis, _ -> read(on));
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
