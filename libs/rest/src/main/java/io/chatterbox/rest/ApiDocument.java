package io.chatterbox.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// `/q/openapi`: what clients may call, this service's part among it. On the service's own port,
/// for whoever looks at one service alone; gateways have the same at `/openapi.yaml`.
@Singleton
final class ApiDocument {
  private static final String FILE = "/io/chatterbox/docs/openapi.yaml";

  void show(@Observes Router router) {
    Buffer document = read();
    router
        .get("/q/openapi")
        .handler(call ->
            call.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(document));
  }

  private static Buffer read() {
    try (InputStream file = ApiDocument.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("not in the jar: " + FILE);
      }
      return Buffer.buffer(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
