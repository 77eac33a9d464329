package io.chatterbox.gateway.edge;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/// What browsers are told about every answer, unless a service has said it itself: not to guess
/// what it is, not to run or frame it, and to keep no copy.
final class SafeHeaders {
  private SafeHeaders() {}

  static void add(RoutingContext call) {
    call.addHeadersEndHandler(_ -> add(call.response().headers()));
    call.next();
  }

  static void add(MultiMap headers) {
    putIfAbsent(headers, "X-Content-Type-Options", "nosniff");
    putIfAbsent(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    putIfAbsent(headers, "Referrer-Policy", "no-referrer");
    putIfAbsent(headers, "Cache-Control", "no-store");
  }

  private static void putIfAbsent(MultiMap headers, String name, String value) {
    if (!headers.contains(name)) {
      headers.set(name, value);
    }
  }
}
