package io.chatterbox.ai.runs;

import io.chatterbox.bus.Requests;
import io.chatterbox.bus.StoreAwayException;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A Lua script beside this class. Its file says what it takes and gives.
final class RunScript {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String source;
  private final String hash;

  private RunScript(String source) {
    this.source = source;
    this.hash = sha1(source);
  }

  static RunScript load(String name) {
    try (InputStream stream = RunScript.class.getResourceAsStream(name + ".lua")) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no script " + name);
      }
      return new RunScript(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs it by its hash, and with its source where Redis does not know it (any more).
  ///
  /// @throws StoreAwayException when Redis does not answer
  Response run(Requests redis, List<String> keys, String... arguments) {
    try {
      return redis
          .send(request(Command.EVALSHA, hash, keys, arguments))
          .recover(e ->
              isUnknown(e)
                  ? redis.send(request(Command.EVAL, source, keys, arguments))
                  : Future.failedFuture(e))
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // Redis understood and refused: a fault of the script, which waiting does not mend
      throw refusal(e) != null && !isPassing(e)
          ? new IllegalStateException(e.getCause())
          : new StoreAwayException(e);
    } catch (TimeoutException e) {
      throw new StoreAwayException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreAwayException(e);
    }
  }

  private static Request request(
      Command command, String script, List<String> keys, String... arguments) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    for (String argument : arguments) {
      request.arg(argument);
    }
    return request;
  }

  private static boolean isUnknown(Throwable e) {
    ErrorType refusal = refusal(e);
    return refusal != null && refusal.is("NOSCRIPT");
  }

  /// A Redis that is starting, or that has just become a replica.
  private static boolean isPassing(Throwable e) {
    ErrorType refusal = refusal(e);
    return refusal != null
        && (refusal.is("LOADING") || refusal.is("READONLY") || refusal.is("MASTERDOWN"));
  }

  private static @Nullable ErrorType refusal(Throwable e) {
    if (e instanceof ErrorType refusal) {
      return refusal;
    }
    return e.getCause() instanceof ErrorType refusal ? refusal : null;
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
