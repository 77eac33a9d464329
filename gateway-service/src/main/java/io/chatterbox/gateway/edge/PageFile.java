package io.chatterbox.gateway.edge;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A file of the web client, ready to be sent.
///
/// @param type its `Content-Type`
/// @param caching its `Cache-Control`
/// @param tag its `ETag`
/// @param packed the same content in gzip
record PageFile(String type, String caching, String tag, Buffer content, Buffer packed) {

  static PageFile of(String name, Buffer content) {
    // the build puts a hash of the content into these names
    boolean isForEver = name.startsWith("assets/");
    return new PageFile(
        type(name.substring(name.lastIndexOf('.') + 1)),
        isForEver ? "public, max-age=31536000, immutable" : "no-cache",
        tag(content.getBytes()),
        content,
        Buffer.buffer(packed(content.getBytes())));
  }

  /// Whether gzip is worth it for whoever accepts these encodings.
  boolean isSmallerFor(@Nullable String acceptEncoding) {
    return acceptEncoding != null
        && acceptEncoding.contains("gzip")
        && packed.length() < content.length();
  }

  private static String type(String ending) {
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "woff2" -> "font/woff2";
      case "yaml" -> "application/yaml; charset=utf-8";
      case "webmanifest" -> "application/manifest+json";
      default -> "application/octet-stream";
    };
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] packed(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
