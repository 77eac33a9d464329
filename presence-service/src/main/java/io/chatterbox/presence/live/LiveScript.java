package io.chatterbox.presence.live;

import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.Partition;
import io.chatterbox.presence.PresenceConfig;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// A Lua script of this package with what all of them share. Its file says what it takes and gives.
final class LiveScript {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private final String source;

  private LiveScript(String source) {
    this.source = source;
  }

  static LiveScript load(String name) {
    return new LiveScript(read("common.lua") + read(name + ".lua"));
  }

  /// @throws StoreAwayException when Redis does not answer
  Response run(
      RedisAPI redis,
      Partition partition,
      Instant now,
      PresenceConfig config,
      String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(source);
    words.add("1");
    words.add(partition.key(""));
    words.add(Long.toString(now.toEpochMilli()));
    words.add(ISO.format(now));
    words.add(Long.toString(config.offlineAfter().toMillis()));
    words.add(Long.toString(config.awayAfter().toMillis()));
    words.addAll(List.of(arguments));
    try {
      return redis.eval(words).await().atMost(PATIENCE);
    } catch (RuntimeException e) {
      // Redis understood and refused: a fault of the script, which waiting does not mend
      throw e.getCause() instanceof ErrorType ? e : new StoreAwayException(e);
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
