package io.chatterbox.gateway.ops;

import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import org.jboss.logging.Logger;

/// Where the operator's page connects: `/ops/feed`. The first frame is `{token}`; the address holds
/// no secret.
@WebSocket(path = FeedEndpoint.PATH)
class FeedEndpoint {
  static final String PATH = "/ops/feed";
  private static final Logger LOG = Logger.getLogger(FeedEndpoint.class);

  private final Viewers viewers;

  FeedEndpoint(Viewers viewers) {
    this.viewers = viewers;
  }

  @OnOpen
  @NonBlocking
  void opened(WebSocketConnection connection) {
    viewers.opened(connection);
  }

  @OnTextMessage
  @NonBlocking
  void heard(String text, WebSocketConnection connection) {
    viewers.heard(connection, text);
  }

  @OnClose
  @NonBlocking
  void closed(WebSocketConnection connection) {
    viewers.closed(connection);
  }

  @OnError
  @NonBlocking
  void failed(Exception failure, WebSocketConnection connection) {
    LOG.debugf("event=ops-feed-failed reason=%s", failure);
    viewers.closed(connection);
  }
}
