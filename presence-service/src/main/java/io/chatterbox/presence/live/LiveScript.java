package io.chatterbox.presence.live;

import io.chatterbox.bus.Requests;
import io.chatterbox.contract.Partition;
import io.chatterbox.presence.PresenceConfig;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A Lua script of this package with what all of them share. Its file says what it takes and gives.
final class LiveScript {
  /// Words that all scripts get, with the script.
  private static final int SHARED = 9;

  private final String source;
  private final String hash;

  private LiveScript(String source) {
    this.source = source;
    this.hash = sha1(source);
  }

  static LiveScript load(String name) {
    return new LiveScript(read("common.lua") + read(name + ".lua"));
  }

  /// Runs it by its hash, and with its source where Redis does not know it (any more).
  Future<Response> run(
      Requests redis, Partition partition, PresenceConfig config, List<String> arguments) {
    List<String> words = new ArrayList<>(arguments.size() + SHARED);
    words.add(hash);
    words.add("2");
    words.add(partition.key(""));
    words.add(partition.key("all"));
    words.add(redis.publishing());
    words.add(Long.toString(config.offlineAfter().toMillis()));
    words.add(Long.toString(config.awayAfter().toMillis()));
    words.add(Long.toString(config.repeatAfter().toMillis()));
    words.add(Long.toString(config.settling().toMillis()));
    words.addAll(arguments);
    return redis
        .send(Request.cmd(Command.EVALSHA, words.toArray()))
        .recover(refusal -> {
          if (!(refusal instanceof ErrorType error && error.is("NOSCRIPT"))) {
            return Future.failedFuture(refusal);
          }
          words.set(0, source);
          return redis.send(Request.cmd(Command.EVAL, words.toArray()));
        });
  }

  private static String sha1(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(String file) {
    try (InputStream stream = LiveScript.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no script " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
