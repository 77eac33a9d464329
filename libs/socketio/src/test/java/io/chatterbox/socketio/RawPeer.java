package io.chatterbox.socketio;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A TCP connection that says whatever a test likes, also what no client would.
final class RawPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;
  private int first;

  RawPeer(int port) throws IOException {
    this(port, 0);
  }

  /// @param receiveBuffer of the socket in bytes, 0 for what is usual
  RawPeer(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /// Opens a WebSocket and reads the open packet.
  static RawPeer webSocket(int port) throws IOException {
    return webSocket(port, 0);
  }

  static RawPeer webSocket(int port, int receiveBuffer) throws IOException {
    RawPeer peer = new RawPeer(port, receiveBuffer);
    peer.upgrade();
    peer.head();
    peer.frame();
    return peer;
  }

  /// Asks for a WebSocket; the answer is the next [#head].
  void upgrade(String... headers) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                "Host: x",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13"));
    lines.addAll(List.of(headers));
    say(String.join("\r\n", lines) + "\r\n\r\n");
  }

  void say(String text) throws IOException {
    say(text.getBytes(StandardCharsets.UTF_8));
  }

  void say(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /// A masked frame with a mask of zeros.
  RawPeer frame(int first, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(new byte[4]);
      for (int shift = 24; shift >= 0; shift -= 8) {
        frame.write(payload.length >> shift);
      }
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    say(frame.toByteArray());
    return this;
  }

  RawPeer text(String packet) throws IOException {
    return frame(0x81, packet.getBytes(StandardCharsets.UTF_8));
  }

  /// The status line and the headers of a response.
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /// The next frame's payload as text; a close frame as `close` and its code.
  String frame() throws IOException {
    byte[] payload = bytesOfFrame();
    return first == 0x88
        ? "close " + ((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF))
        : new String(payload, StandardCharsets.UTF_8);
  }

  /// The next frame's payload.
  byte[] bytesOfFrame() throws IOException {
    first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return payload;
  }

  /// Whether the last frame was marked as compressed.
  boolean isLastCompressed() {
    return (first & 0x40) != 0;
  }

  /// Reads on to the close frame, over pings and messages.
  String closing() throws IOException {
    while (true) {
      String frame = frame();
      if (frame.startsWith("close ")) {
        return frame;
      }
    }
  }

  /// Whether the server ends the connection, whatever it says before.
  boolean isEnded() throws IOException {
    try {
      byte[] rest = new byte[1 << 16];
      while (in.read(rest) >= 0) {
        // what was under way
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (EOFException | SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
