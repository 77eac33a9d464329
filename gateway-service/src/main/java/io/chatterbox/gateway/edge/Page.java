package io.chatterbox.gateway.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The page at `/`.
@Singleton
final class Page {
  private static final String FILE = "/page/index.html";

  private final Buffer html;

  @Inject
  Page() {
    try (InputStream file = Page.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the page is not in the jar");
      }
      html = Buffer.buffer(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void show(RoutingContext call) {
    call.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(html);
  }
}
