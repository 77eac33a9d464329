package io.chatterbox.gateway.ops;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Where nobody is an operator the feed is a path like any unknown one.
@Singleton
final class Gate {
  private static final int EARLY = -50;
  private static final int NOT_FOUND = 404;

  private final Operators operators;

  @Inject
  Gate(Operators operators) {
    this.operators = operators;
  }

  void mount(@Observes Router router) {
    if (!operators.exist()) {
      router.route(FeedEndpoint.PATH).order(EARLY).handler(call -> call.fail(NOT_FOUND));
    }
  }
}
