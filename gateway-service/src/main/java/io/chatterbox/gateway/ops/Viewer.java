package io.chatterbox.gateway.ops;

import io.chatterbox.bus.Json;
import io.chatterbox.gateway.authority.Token;
import io.chatterbox.gateway.routing.FloodBucket;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Handler;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One open page. On the context of [Viewers].
final class Viewer {
  private static final Logger LOG = Logger.getLogger(Viewer.class);
  private static final int REQUESTS_PER_SECOND = 10;
  private static final int MOST_UNSENT = 128;
  private static final int FEW_UNSENT = 8;

  private final WebSocketConnection connection;
  private final Json json;
  private final Handler<Runnable> here;
  private final FloodBucket bucket = new FloodBucket(REQUESTS_PER_SECOND, System::nanoTime);
  private @Nullable Token token;
  private boolean checking;
  private boolean ended;
  private int unsent;

  Viewer(WebSocketConnection connection, Json json, Handler<Runnable> here) {
    this.connection = connection;
    this.json = json;
    this.here = here;
  }

  /// Whom it speaks for; null before a token was checked.
  @Nullable Token token() {
    return token;
  }

  void token(Token checked) {
    token = checked;
  }

  boolean isChecking() {
    return checking;
  }

  void checking(boolean isUnderWay) {
    checking = isUnderWay;
  }

  boolean isEnded() {
    return ended;
  }

  void ended() {
    ended = true;
  }

  /// Takes one request.
  ///
  /// @return 0, or the milliseconds after which there may be one
  long take() {
    return bucket.take();
  }

  /// Whether the page reads what it is sent, so that a picture is worth sending.
  boolean keepsUp() {
    return unsent < FEW_UNSENT;
  }

  void send(Object frame) {
    if (ended) {
      return;
    }
    if (unsent >= MOST_UNSENT) {
      close(Closing.SLOW);
      return;
    }
    unsent++;
    String text = new String(json.write(frame).bytes(), StandardCharsets.UTF_8);
    connection
        .sendText(text)
        .subscribe()
        .with(
            _ -> here.handle(() -> unsent--),
            e ->
                here.handle(() -> {
                  unsent--;
                  LOG.debugf("event=ops-frame-not-sent reason=%s", e);
                }));
  }

  void close(Closing why) {
    if (!ended) {
      ended = true;
      connection
          .close(new CloseReason(why.code(), why.name()))
          .subscribe()
          .with(_ -> {}, e -> LOG.debugf("event=ops-close reason=%s", e));
    }
  }

  /// Why a feed is closed, and the WebSocket's close code.
  enum Closing {
    /// No token, a bad one, or one that ended.
    UNAUTHORIZED(4401),
    /// The account is no operator's.
    FORBIDDEN(4403),
    /// Something that is no request.
    MALFORMED(4400),
    /// Too many pages are open here.
    FULL(4429),
    /// The page does not read.
    SLOW(4408),
    /// It cannot be checked now.
    UNAVAILABLE(1013);

    private final int code;

    Closing(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
