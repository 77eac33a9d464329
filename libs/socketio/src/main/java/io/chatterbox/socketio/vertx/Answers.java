package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.EngineError;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.engineio.PayloadCodec.Payload;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// Responses of HTTP long-polling; on the request's loop.
final class Answers {
  private final Cors cors;
  private final EngineOptions.Compression compression;

  Answers(Cors cors, EngineOptions.Compression compression) {
    this.cors = cors;
    this.compression = compression;
  }

  /// The answer to a GET. Not cached, and without an ETag.
  ///
  /// @return whether there was still somebody to answer
  boolean payload(HttpServerRequest request, Payload payload) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return false;
    }
    head(request)
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            payload.binary() ? "application/octet-stream" : "text/plain; charset=UTF-8");
    byte[] body = payload.bytes();
    String encoding = encoding(request, body.length);
    if (!encoding.isEmpty()) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding);
      body = payload.compressed(encoding, Answers::compress);
    }
    response.end(BufferImpl.buffer(Unpooled.wrappedBuffer(body)));
    return true;
  }

  /// The answer to a POST. Text/html, because some old clients offer to download text/plain.
  void ok(HttpServerRequest request) {
    if (!request.response().ended() && !request.response().closed()) {
      head(request).putHeader(HttpHeaders.CONTENT_TYPE, "text/html").end("ok");
    }
  }

  void refuse(HttpServerRequest request, EngineError error) {
    if (!request.response().ended() && !request.response().closed()) {
      head(request)
          .setStatusCode(error.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .end(error.body());
    }
  }

  /// A refusal that leaves the request's body unread, so the connection ends with it.
  void refuseAndClose(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    if (!response.ended() && !response.closed()) {
      head(request)
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
          .end()
          .onComplete(sent -> request.connection().close());
    }
  }

  void preflight(HttpServerRequest request) {
    cors.preflight(request, request.response()).setStatusCode(204).end();
  }

  private HttpServerResponse head(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return cors.headers(request, response);
  }

  /// Empty for none.
  private String encoding(HttpServerRequest request, int length) {
    int threshold = compression.pollingThreshold();
    return threshold < 0 || length < threshold ? "" : accepted(request);
  }

  /// What the client would like bodies to be compressed with, empty for nothing.
  static String accepted(HttpServerRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    if (accepted == null) {
      return "";
    }
    String deflate = "";
    for (String part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] fields = part.strip().split(";", 2);
      boolean refused = fields.length == 2 && fields[1].strip().matches("q=0(\\.0*)?");
      if (!refused && (fields[0].strip().equals("gzip") || fields[0].strip().equals("*"))) {
        return "gzip";
      }
      if (!refused && fields[0].strip().equals("deflate")) {
        deflate = "deflate";
      }
    }
    return deflate;
  }

  static byte[] compress(byte[] body, String encoding) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
    try (OutputStream compressed =
        encoding.equals("gzip") ? new FastGzip(out) : new DeflaterOutputStream(out)) {
      compressed.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
