package io.chatterbox.presence;

import io.chatterbox.testkit.OtherEnd;
import java.util.Arrays;
import java.util.stream.Collectors;

/// An auth-service where everybody whose id begins with `u` exists.
public final class AuthEnd extends OtherEnd {
  public AuthEnd() {
    super(
        "chatterbox.services.auth-urls",
        "/internal/users",
        query ->
            Arrays.stream(query.substring("ids=".length()).split(",", -1))
                .filter(id -> id.startsWith("u"))
                .map(id -> "{\"_id\":\"" + id + "\"}")
                .collect(Collectors.joining(",", "{\"users\":[", "]}")));
  }
}
