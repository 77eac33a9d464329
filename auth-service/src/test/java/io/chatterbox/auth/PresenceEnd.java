package io.chatterbox.auth;

import io.chatterbox.testkit.OtherEnd;

/// A presence-service that has seen nobody.
public final class PresenceEnd extends OtherEnd {
  public PresenceEnd() {
    super("chatterbox.services.presence-urls", "/internal/presence", query -> "{\"presence\":[]}");
  }
}
