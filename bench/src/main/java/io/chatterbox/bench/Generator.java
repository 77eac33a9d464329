package io.chatterbox.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// All clients of one measurement, on one thread.
public final class Generator implements AutoCloseable, Client.Listener {
  private static final byte[] CONNECT = {'4', '0'};
  private static final int CONNECTING_AT_ONCE = 64;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final Selector selector;
  private final byte[] shared = new byte[1 << 18];
  private final List<Client> clients = new ArrayList<>();
  private final List<Client> waiting = new ArrayList<>();
  private final List<Integer> ports;
  private final Dialect dialect;
  private Client.Listener listener = this;
  private final Consumer<SelectionKey> read = this::read;
  private int connected;
  private @Nullable IOException failure;

  public Generator(int port) throws IOException {
    this(port, Dialect.SOCKET_IO);
  }

  public Generator(int port, Dialect dialect) throws IOException {
    this(List.of(port), dialect);
  }

  /// @param ports of which client i takes the one at i modulo their number
  public Generator(List<Integer> ports, Dialect dialect) throws IOException {
    this.ports = List.copyOf(ports);
    this.dialect = dialect;
    this.selector = Selector.open();
  }

  /// More clients, all connected when it returns.
  void connect(int count) throws IOException {
    connect(count, index -> CONNECT);
  }

  /// More clients, each with the CONNECT packet of its index; all connected when it returns.
  public void connect(int count, IntFunction<byte[]> packets) throws IOException {
    int wanted = connected + count;
    listener = this;
    while (connected < wanted) {
      if (clients.size() < wanted && clients.size() - connected < CONNECTING_AT_ONCE) {
        clients.add(
            new Client(
                clients.size(),
                new Client.Opening(
                    ports.get(clients.size() % ports.size()),
                    dialect,
                    packets.apply(clients.size())),
                selector,
                new Forward()));
        turn(0);
      } else {
        turn(1);
      }
    }
  }

  public Dialect dialect() {
    return dialect;
  }

  public List<Client> clients() {
    return clients;
  }

  /// Handles what comes until the condition holds.
  public void run(Client.Listener to, BooleanSupplier done) throws IOException {
    run(to, done, 100);
  }

  /// @param pause milliseconds that it waits for something to come before it asks `done` again
  public void run(Client.Listener to, BooleanSupplier done, long pause) throws IOException {
    listener = to;
    flush();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!done.getAsBoolean()) {
      turn(pause);
      if (System.nanoTime() > end) {
        throw new IOException("the server does not answer any more");
      }
    }
  }

  private void turn(long millis) throws IOException {
    if (millis == 0) {
      selector.selectNow(read);
    } else {
      selector.select(read, millis);
    }
    if (failure != null) {
      throw failure;
    }
    flush();
  }

  /// What one turn produced for a client leaves in one write.
  private void flush() throws IOException {
    for (Client client : waiting) {
      client.flush();
    }
    waiting.clear();
  }

  private void read(SelectionKey key) {
    try {
      ((Client) key.attachment()).read(shared);
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void pending(Client client) {
    waiting.add(client);
  }

  @Override
  public void connected(Client client) {
    connected++;
  }

  @Override
  public void event(Client client, byte[] bytes, int from, int to) {}

  @Override
  public void acknowledged(Client client, int id, byte[] bytes, int from, int to) {}

  @Override
  public void close() throws IOException {
    clients.forEach(Client::close);
    selector.close();
  }

  /// Whoever listens at the time.
  private final class Forward implements Client.Listener {
    @Override
    public void pending(Client client) {
      waiting.add(client);
    }

    @Override
    public void connected(Client client) {
      listener.connected(client);
    }

    @Override
    public void event(Client client, byte[] bytes, int from, int to) {
      listener.event(client, bytes, from, to);
    }

    @Override
    public void acknowledged(Client client, int id, byte[] bytes, int from, int to) {
      listener.acknowledged(client, id, bytes, from, to);
    }
  }
}
