package io.chatterbox.stack.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/// A server that answers `POST /v1/chat/completions` with a stream as OpenAI's API does, on the
/// loopback only. One request per connection, so that it sees at once when somebody hangs up.
///
/// By hand: `java -cp deploy/stack/target/classes io.chatterbox.stack.demo.DemoProvider --port
/// 3900`
public final class DemoProvider implements AutoCloseable {
  private static final int LONGEST_LINE = 16_384;
  private static final int MOST_HEADERS = 100;
  private static final int LARGEST_BODY = 4 << 20;
  private static final int BACKLOG = 1_024;
  private static final int REMEMBERED = 1_000;
  private static final int PATIENCE_MS = 30_000;
  private static final int USUAL_PACE = 50;

  private final ServerSocket server;
  private final int tokensPerSecond;
  private final ConcurrentLinkedDeque<DemoRequest> requests = new ConcurrentLinkedDeque<>();
  private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();

  private DemoProvider(ServerSocket server, int tokensPerSecond) {
    this.server = server;
    this.tokensPerSecond = tokensPerSecond;
  }

  /// Runs until it is stopped: `--port N [--tokens-per-second N]`.
  public static void main(String[] args) throws InterruptedException {
    int port = 0;
    int pace = USUAL_PACE;
    for (int i = 0; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      if (!value.matches("[0-9]{1,5}")) {
        throw new IllegalArgumentException(args[i] + " needs a number");
      }
      switch (args[i]) {
        case "--port" -> port = Integer.parseInt(value);
        case "--tokens-per-second" -> pace = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    DemoProvider provider = start(port, pace);
    System.out.println(
        "a demonstration, not a language model: chatterbox.ai.base-url=" + provider.baseUrl());
    Thread.currentThread().join();
  }

  /// Starts it at a usual pace.
  ///
  /// @param port 0 for any free one
  public static DemoProvider start(int port) {
    return start(port, USUAL_PACE);
  }

  /// Starts it.
  ///
  /// @param tokensPerSecond of each stream; 0: as fast as can be
  public static DemoProvider start(int port, int tokensPerSecond) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      DemoProvider provider = new DemoProvider(server, tokensPerSecond);
      Thread.ofPlatform().daemon().name("demo-provider").start(provider::accept);
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `chatterbox.ai.base-url` has to be.
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /// The latest requests, in the order they came.
  public List<DemoRequest> requests() {
    return List.copyOf(requests);
  }

  /// Ends it and all of its streams.
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open.keySet()) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("demo-exchange").start(() -> serve(socket));
      } catch (IOException e) {
        // closed, or this one connection was lost before it was accepted
        Thread.onSpinWait();
      }
    }
  }

  private void serve(Socket socket) {
    open.put(socket, true);
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      DemoRequest request = read(in);
      remember(request);
      socket.setSoTimeout(0);
      Thread.ofVirtual().name("demo-watch").start(() -> watch(in, request));
      new DemoAnswer(request, socket, tokensPerSecond).write();
    } catch (IOException | IllegalArgumentException e) {
      // hung up, or no HTTP: there is nobody to tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private void remember(DemoRequest request) {
    requests.add(request);
    while (requests.size() > REMEMBERED) {
      requests.poll();
    }
  }

  /// Nothing is to come any more but the end of the connection.
  private static void watch(InputStream in, DemoRequest request) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // reset: that is an end too
    }
    request.nowClosed();
  }

  private static DemoRequest read(InputStream in) throws IOException {
    String line = line(in);
    Map<String, String> headers = new HashMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      if (colon < 1 || headers.size() == MOST_HEADERS) {
        throw new IllegalArgumentException("no header");
      }
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length < 0 || length > LARGEST_BODY) {
      throw new IllegalArgumentException("too large");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("hung up");
    }
    return new DemoRequest(line, headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() == LONGEST_LINE) {
        throw new IOException("no line");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
