package io.chatterbox.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One client over a bare WebSocket, of Socket.IO or of plain JSON: the cheapest that can be, so
/// that the generator does not bound what is measured.
public final class Client {
  /// What a client tells of.
  public interface Listener {
    /// Frames wait for a [#flush].
    void pending(Client client);

    /// CONNECT was answered.
    void connected(Client client);

    /// An EVENT: the packet is the text from `from` up to `to`.
    void event(Client client, byte[] bytes, int from, int to);

    /// An acknowledgement of the emit with that id: the packet is the text from `from` up to `to`.
    void acknowledged(Client client, int id, byte[] bytes, int from, int to);
  }

  private static final byte[] NOTHING = {};
  private static final byte[] NO_MASK = new byte[4];
  private static final byte[] REPLY = "{\"reply\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AUTHENTICATED =
      "{\"event\":\"authenticated\"".getBytes(StandardCharsets.US_ASCII);

  private final int index;
  private final SocketChannel channel;
  private final Listener listener;
  private final Dialect dialect;
  private final byte[] connect;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(0);
  private byte[] rest = NOTHING;
  private boolean upgraded;

  /// What a connection opens with.
  ///
  /// @param connect the CONNECT packet, with its Engine.IO type, or the plain message that
  ///   authenticates
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Opening(int port, Dialect dialect, byte[] connect) {}

  Client(int index, Opening opening, Selector selector, Listener listener) throws IOException {
    this.index = index;
    this.listener = listener;
    this.dialect = opening.dialect();
    this.connect = opening.connect();
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), opening.port()));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
    String request =
        "GET "
            + dialect.path()
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + opening.port()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  public int index() {
    return index;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing failed", e);
    }
  }

  /// A masked text frame; the mask is zero, so the payload is as it is. It leaves with the next
  /// [#flush].
  public void send(byte[] text) {
    send(0x81, text);
  }

  private void send(int first, byte[] text) {
    if (pending.size() == 0) {
      listener.pending(this);
    }
    pending.write(first);
    if (text.length < 126) {
      pending.write(0x80 | text.length);
    } else {
      pending.write(0x80 | 126);
      pending.write(text.length >> 8);
      pending.write(text.length);
    }
    pending.writeBytes(NO_MASK);
    pending.writeBytes(text);
  }

  void flush() throws IOException {
    byte[] frames = pending.toByteArray();
    pending.reset();
    write(ByteBuffer.wrap(frames));
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Reads what is there, through the generator's buffer.
  void read(byte[] bytes) throws IOException {
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    int count = channel.read(ByteBuffer.wrap(bytes, rest.length, bytes.length - rest.length));
    if (count < 0) {
      throw new IOException("the server closed connection " + index);
    }
    int end = rest.length + count;
    int at = upgraded ? 0 : head(bytes, end);
    if (upgraded) {
      at = frames(bytes, at, end);
    }
    rest = at == end ? NOTHING : Arrays.copyOfRange(bytes, at, end);
  }

  /// The end of the response's head, 0 if it has not come.
  private int head(byte[] bytes, int end) throws IOException {
    for (int at = 3; at < end; at++) {
      if (bytes[at] == '\n' && bytes[at - 2] == '\n') {
        String status = new String(bytes, 0, 12, StandardCharsets.US_ASCII);
        if (!status.endsWith("101")) {
          throw new IOException("no upgrade: " + status);
        }
        upgraded = true;
        if (dialect == Dialect.PLAIN) {
          send(connect);
        }
        return at + 1;
      }
    }
    return 0;
  }

  private int frames(byte[] bytes, int start, int end) throws IOException {
    int at = start;
    while (end - at >= 2) {
      int length = bytes[at + 1];
      int payload = at + 2;
      if (length == 126) {
        if (end - at < 4) {
          return at;
        }
        length = (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
        payload = at + 4;
      } else if (length == 127) {
        throw new IOException("frame too long for this generator");
      }
      if (end - payload < length) {
        return at;
      }
      int opcode = bytes[at] & 0x0F;
      if (opcode == 8) {
        throw new IOException("the server says goodbye");
      }
      if (opcode == 9) {
        send(0x8A, Arrays.copyOfRange(bytes, payload, payload + length));
      } else {
        packet(bytes, payload, payload + length);
      }
      at = payload + length;
    }
    return at;
  }

  private void packet(byte[] bytes, int from, int to) {
    switch (bytes[from]) {
      case '0' -> send(connect);
      case '2' -> send(new byte[] {'3'});
      case '4' -> message(bytes, from, to);
      case '{' -> plain(bytes, from, to);
      default -> {
        // nothing else needs an answer
      }
    }
  }

  private void plain(byte[] bytes, int from, int to) {
    if (bytes[from + 2] == 'r') {
      int id = 0;
      for (int at = from + REPLY.length; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
        id = id * 10 + bytes[at] - '0';
      }
      // the answer to `auth` is named by a text
      if (bytes[from + REPLY.length] != '"') {
        listener.acknowledged(this, id, bytes, from, to);
      }
    } else if (Arrays.equals(
        AUTHENTICATED, 0, AUTHENTICATED.length, bytes, from, from + AUTHENTICATED.length)) {
      listener.connected(this);
    } else {
      listener.event(this, bytes, from, to);
    }
  }

  private void message(byte[] bytes, int from, int to) {
    switch (bytes[from + 1]) {
      case '0' -> listener.connected(this);
      case '2' -> listener.event(this, bytes, from, to);
      case '3' -> {
        int id = 0;
        for (int at = from + 2; bytes[at] != '['; at++) {
          id = id * 10 + bytes[at] - '0';
        }
        listener.acknowledged(this, id, bytes, from, to);
      }
      default ->
          throw new IllegalStateException(
              "unexpected " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }
}
