package io.chatterbox.chat.files;

import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/// Any S3-compatible store. The bucket is in the path, so that it needs no name of its own.
final class S3Bytes implements FileBytes {
  private static final Logger LOG = Logger.getLogger(S3Bytes.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final String USUAL_REGION = "us-east-1";
  private static final int NOT_FOUND = 404;

  private final URI bucket;
  private final S3Signature signature;
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();

  S3Bytes(ChatConfig.S3 config, Clock clock) {
    String endpoint = config.endpoint().toString();
    this.bucket =
        URI.create((endpoint.endsWith("/") ? endpoint : endpoint + "/") + config.bucket() + "/");
    this.signature =
        new S3Signature(
            config.accessKey(), config.secretKey(), config.region().orElse(USUAL_REGION));
    this.clock = clock;
  }

  @Override
  public void write(String name, Path from) throws IOException {
    // the largest file is small enough to be held for its checksum
    byte[] bytes = java.nio.file.Files.readAllBytes(from);
    BodyPublisher body = BodyPublishers.ofByteArray(bytes);
    HttpRequest request = request("PUT", name, Map.of(), S3Signature.sha256(bytes), body);
    check(send(request, BodyHandlers.discarding()));
  }

  @Override
  public InputStream read(String name, long from, long length) {
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    return get(name, Map.of("range", "bytes=" + from + "-" + (from + length - 1)));
  }

  @Override
  public byte[] readAll(String name) {
    try (InputStream bytes = get(name, Map.of())) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(String name) {
    HttpRequest request = request("DELETE", name, Map.of(), empty(), BodyPublishers.noBody());
    HttpResponse<Void> response = send(request, BodyHandlers.discarding());
    if (response.statusCode() != NOT_FOUND) {
      check(response);
    }
  }

  private InputStream get(String name, Map<String, String> headers) {
    HttpRequest request = request("GET", name, headers, empty(), BodyPublishers.noBody());
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 != 2) {
      close(response.body());
    }
    check(response);
    return response.body();
  }

  private static void close(InputStream unread) {
    try {
      unread.close();
    } catch (IOException e) {
      LOG.debugf("s3 state=closed reason=%s", e.toString());
    }
  }

  private HttpRequest request(
      String method, String name, Map<String, String> headers, String hash, BodyPublisher body) {
    URI uri = bucket.resolve(name);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER).method(method, body);
    signature.sign(method, uri, headers, hash, clock.instant()).forEach(request::header);
    return request.build();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      LOG.warnf("s3 state=away reason=%s", e.toString());
      throw Refusal.unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable();
    }
  }

  private static void check(HttpResponse<?> response) {
    if (response.statusCode() / 100 != 2) {
      LOG.warnf("s3 state=refused status=%d", response.statusCode());
      throw Refusal.unavailable();
    }
  }

  private static String empty() {
    return S3Signature.sha256(new byte[0]);
  }
}
