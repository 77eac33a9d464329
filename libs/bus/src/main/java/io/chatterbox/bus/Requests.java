package io.chatterbox.bus;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Redis for what services keep there by themselves. Requests go out behind each other over the
/// link that everybody shares and do not wait for each other's answers, which a pool's connections
/// do: with many callers at once that is many times as fast.
@Singleton
public final class Requests {
  private final Link link;

  @Inject
  Requests(Links links) {
    this.link = links.requests();
  }

  /// Sends a request. Does not block; those of one thread are carried out in their order. No
  /// blocking command and no subscription.
  ///
  /// @return Redis's answer; or failed with Redis's refusal, or because it is away
  public Future<Response> send(Request request) {
    return link.send(request);
  }
}
