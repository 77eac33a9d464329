package io.chatterbox.bus;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A Lua script beside this class. Its file says what its `KEYS`, `ARGV` and result are.
final class Script {
  private final byte[] source;
  private final String hash;

  private Script(byte[] source) {
    this.source = source;
    this.hash = sha1(source);
  }

  /// Loads `<name>.lua`.
  static Script load(String name) {
    try (InputStream file = Script.class.getResourceAsStream(name + ".lua")) {
      if (file == null) {
        throw new IllegalArgumentException("there is no script " + name);
      }
      return new Script(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs it by its hash, and with its source where Redis does not know it (any more).
  ///
  /// @param keys all in one slot
  Future<Response> run(Router redis, List<String> keys, List<?> arguments) {
    return redis
        .send(request(Command.EVALSHA, hash, keys, arguments))
        .recover(refusal ->
            refusal instanceof ErrorType error && error.is("NOSCRIPT")
                ? redis.send(request(Command.EVAL, source, keys, arguments))
                : Future.failedFuture(refusal));
  }

  private static Request request(
      Command command, Object script, List<String> keys, List<?> arguments) {
    List<Object> all = new ArrayList<>(2 + keys.size() + arguments.size());
    all.add(script);
    all.add(keys.size());
    all.addAll(keys);
    all.addAll(arguments);
    return Request.cmd(command, all.toArray());
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
