package io.chatterbox.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Talks to one Redis process of this machine, without following anything elsewhere.
final class RedisTalk implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /// Keys are bytes; this keeps each.
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private final Socket socket;
  private final InputStream in;

  /// What Redis refuses.
  static final class RedisRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    RedisRefusal(String message) {
      super(message);
    }
  }

  RedisTalk(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks once.
  ///
  /// @throws RedisRefusal when it is refused
  static @Nullable Object ask(int port, String... words) {
    try (RedisTalk talk = new RedisTalk(port)) {
      return talk.call(words);
    }
  }

  /// Asks for a text.
  static String text(int port, String... words) {
    return String.valueOf(ask(port, words));
  }

  /// @return a text, a number, a list of such, or null
  @Nullable Object call(String... words) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(("*" + words.length + "\r\n").getBytes(BYTES));
    for (String word : words) {
      byte[] bytes = word.getBytes(BYTES);
      request.writeBytes(("$" + bytes.length + "\r\n").getBytes(BYTES));
      request.writeBytes(bytes);
      request.writeBytes("\r\n".getBytes(BYTES));
    }
    try {
      socket.getOutputStream().write(request.toByteArray());
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Object read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '-' -> throw new RedisRefusal(rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      default -> throw new IOException("not an answer: " + line);
    };
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    line();
    return new String(bytes, BYTES);
  }

  private List<@Nullable Object> list(int length) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(read());
    }
    return list;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      line.write(next);
    }
    if (in.read() != '\n') {
      throw new IOException("not a line");
    }
    return line.toString(BYTES);
  }
}
