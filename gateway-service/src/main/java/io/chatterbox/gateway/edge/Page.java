package io.chatterbox.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chatterbox.gateway.GatewayConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The web client at `/`, what client authors read at `/docs`, the operator's page at `/ops` and
/// their files, as the build of `web/` put them into a jar; and the documents themselves. They are
/// read once: a path asks for one of them or for nothing.
@Singleton
final class Page {
  private static final String FOLDER = "/io/chatterbox/web/";
  private static final String INDEX = "index.html";
  private static final String READABLE = "docs.html";
  private static final String OPS = "ops.html";
  private static final String DOCUMENTS = "/io/chatterbox/docs/";

  /// Scripts, styles and pictures of this origin only, and no text is ever taken for one of them.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src"
          + " 'self'; img-src 'self' blob:; media-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'";

  private final Map<String, PageFile> files;

  @Inject
  Page(GatewayConfig config) {
    boolean isOperated = config.operators().isPresent();
    Map<String, PageFile> all = new HashMap<>();
    for (String name : List.of("asyncapi.yaml", "openapi.yaml")) {
      all.put("/" + name, file(DOCUMENTS, name));
    }
    all.put("/q/openapi", file(DOCUMENTS, "openapi.yaml"));
    all.putAll(
        read(FOLDER + "files")
            .map(list ->
                list.toString(UTF_8).lines().filter(name -> isOperated || !name.equals(OPS)))
            .map(names -> names.collect(Collectors.toMap(Page::path, name -> file(FOLDER, name))))
            .orElseGet(() -> Map.of("/", withoutClient())));
    files = Map.copyOf(all);
  }

  /// Where there is something.
  Set<String> paths() {
    return files.keySet();
  }

  void show(RoutingContext call) {
    PageFile file = files.get(call.normalizedPath());
    HttpServerResponse response = call.response();
    if (file == null) {
      call.next();
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, file.caching())
        .putHeader(HttpHeaders.ETAG, file.tag())
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff");
    if (file.tag().equals(call.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
    } else if (file.isSmallerFor(call.request().getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(file.packed());
    } else {
      response.end(file.content());
    }
  }

  private static String path(String name) {
    return switch (name) {
      case INDEX -> "/";
      case READABLE -> "/docs";
      case OPS -> "/ops";
      default -> "/" + name;
    };
  }

  private static PageFile file(String folder, String name) {
    return read(folder + name)
        .map(content -> PageFile.of(name, content))
        .orElseThrow(() -> new IllegalStateException("not in the jar: " + name));
  }

  /// The build had no npm.
  private static PageFile withoutClient() {
    return read("/page/" + INDEX)
        .map(content -> PageFile.of(INDEX, content))
        .orElseThrow(() -> new IllegalStateException("the page is not in the jar"));
  }

  private static Optional<Buffer> read(String path) {
    try (InputStream file = Page.class.getResourceAsStream(path)) {
      return file == null ? Optional.empty() : Optional.of(Buffer.buffer(file.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
