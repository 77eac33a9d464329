package io.chatterbox.socketio.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The opening handshake of WebSocket (RFC 6455, section 4.2), and the taking over of its channel.
@SuppressWarnings("FutureReturnValueIgnored") // each failure closes the channel
final class WebSocketHandshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;
  private static final String HANDLER = "socketio";

  /// Those that can be agreed to (RFC 7692, section 7.1).
  private static final Set<String> DEFLATE_PARAMETERS =
      Set.of("server_no_context_takeover", "client_no_context_takeover", "client_max_window_bits");

  private WebSocketHandshake() {}

  /// Whether the request asks for a WebSocket.
  static boolean isAsked(HttpServerRequest request) {
    String upgrade = request.getHeader(HttpHeaders.UPGRADE);
    return upgrade != null && upgrade.equalsIgnoreCase("websocket");
  }

  /// The status to refuse a malformed handshake with, 0 for a good one.
  static int refusal(HttpServerRequest request) {
    String connection = request.getHeader(HttpHeaders.CONNECTION);
    boolean hasBody =
        request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
            || !"0".equals(orElse(request.getHeader(HttpHeaders.CONTENT_LENGTH), "0"));
    if (!HttpMethod.GET.equals(request.method())
        || request.version() != HttpVersion.HTTP_1_1
        || connection == null
        || !connection.toLowerCase(Locale.ROOT).contains("upgrade")
        || hasBody
        || !isKey(request.getHeader("sec-websocket-key"))) {
      return 400;
    }
    return "13".equals(request.getHeader("sec-websocket-version")) ? 0 : 426;
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null ? other : value;
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Answers 101 and puts the transport into the channel, which then belongs to `target`. `started`
  /// runs on that loop. On the request's loop only.
  static void accept(
      HttpServerRequest request,
      WebSocketTransport transport,
      boolean deflate,
      EventLoop target,
      Runnable started) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.UPGRADE, "websocket");
    response.putHeader(HttpHeaders.CONNECTION, "Upgrade");
    response.putHeader("Sec-WebSocket-Accept", accept(request.getHeader("sec-websocket-key")));
    String protocols = request.getHeader("sec-websocket-protocol");
    if (protocols != null) {
      response.putHeader("Sec-WebSocket-Protocol", protocols.split(",", 2)[0].strip());
    }
    if (deflate) {
      response.putHeader(
          "Sec-WebSocket-Extensions",
          "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
    }
    ConnectionBase connection = Loops.connection(request);
    Channel channel = connection.channel();
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore("handler", HANDLER, transport);
    request
        .toNetSocket()
        .onSuccess(socket -> {
          takeOver(pipeline, connection.metrics() != null);
          move(channel, target, started);
        })
        .onFailure(failure -> channel.close());
  }

  /// Whether the client offers compression that it can have: not with a window of its own choice
  /// for what the server sends, because one compressed form serves everyone.
  static boolean offersDeflate(HttpServerRequest request) {
    String extensions = request.getHeader("sec-websocket-extensions");
    if (extensions == null) {
      return false;
    }
    for (String offer : extensions.split(",", -1)) {
      String[] parts = offer.split(";", -1);
      boolean acceptable = parts[0].strip().equalsIgnoreCase("permessage-deflate");
      for (int i = 1; i < parts.length; i++) {
        String name = parts[i].split("=", 2)[0].strip();
        acceptable &= DEFLATE_PARAMETERS.contains(name);
      }
      if (acceptable) {
        return true;
      }
    }
    return false;
  }

  /// Vert.x keeps its handler only where it counts connections; else its objects for this
  /// connection can go.
  private static void takeOver(ChannelPipeline pipeline, boolean counted) {
    remove(pipeline, "idle");
    remove(pipeline, "inflater");
    if (!counted) {
      remove(pipeline, "handler");
    }
  }

  private static void remove(ChannelPipeline pipeline, String name) {
    if (pipeline.get(name) != null) {
      pipeline.remove(name);
    }
  }

  /// A poll and the WebSocket that takes it over mostly come on different event loops; the channel
  /// follows the session.
  @SuppressWarnings("ReferenceEquality") // which one it is, not what it is like
  private static void move(Channel channel, EventLoop target, Runnable started) {
    if (channel.eventLoop() == target) {
      started.run();
      return;
    }
    channel
        .deregister()
        .addListener(left -> {
          if (left.isSuccess()) {
            target
                .register(channel)
                .addListener(arrived -> {
                  if (arrived.isSuccess()) {
                    started.run();
                  } else {
                    channel.close();
                  }
                });
          } else {
            channel.close();
          }
        });
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
