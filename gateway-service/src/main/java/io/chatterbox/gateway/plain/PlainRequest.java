package io.chatterbox.gateway.plain;

import io.chatterbox.socketio.vertx.Line;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Keeps what is beneath a WebSocket, before its request is out of sight. Refuses nothing.
@Singleton
final class PlainRequest implements HttpUpgradeCheck {
  static final UserData.TypedKey<Line> LINE = new UserData.TypedKey<>("line");

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    context.userData().put(LINE, Line.of(context.httpRequest()));
    return CheckResult.permitUpgrade();
  }
}
