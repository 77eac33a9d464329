package io.chatterbox.gateway.authority;

import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Revocation;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Reads the list of revocations from Redis, from where it was read to before.
@Singleton
class RevocationReader {
  private static final String READ =
      """
      -- What has come to the list of revocations.
      -- KEYS[1] marker, KEYS[2] revocations, KEYS[3] looks, KEYS[4] looked
      -- ARGV[1] the marker that was read before, ARGV[2] the version read to, ARGV[3] at most so many
      -- Result: {the marker, or empty when the list is not whole; the looks that began, the newest
      -- that ended; {<until>:<subject>, version, …}}
      local marker = redis.call('GET', KEYS[1])
      local process = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
      local began, ended = redis.call('GET', KEYS[3]) or '0', redis.call('GET', KEYS[4]) or '0'
      if not marker or string.match(marker, '@(%w+)$') ~= process then
        return {'', began, ended, {}}
      end
      local from = marker == ARGV[1] and ARGV[2] or '0'
      local found = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. from, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
      return {marker, began, ended, found}
      """;

  private static final int AT_ONCE = 1_000;
  private static final long PATIENCE_MILLIS = 2_000;

  private final RedisAPI redis;

  @Inject
  RevocationReader(Requests requests) {
    this.redis = requests.api();
  }

  /// How far the list was read.
  ///
  /// @param marker of the list that was read; empty at first
  record Position(String marker, String version) {
    static final Position START = new Position("", "0");
  }

  /// How often auth-service has looked for what the list lacks.
  ///
  /// @param began looks
  /// @param ended the newest that has come to its end: what was revoked before that began is in
  record Looks(long began, long ended) {}

  /// More of the list.
  ///
  /// @param isWhole whether it is known to hold everything but what could not be told; if not there
  ///   is nothing in it here
  /// @param isLast whether that was all
  record Page(
      boolean isWhole,
      boolean isLast,
      Looks looks,
      Position position,
      List<Revocation> revocations) {
    Page {
      revocations = List.copyOf(revocations);
    }
  }

  Future<Page> read(Position from) {
    return redis
        .eval(
            List.of(
                READ,
                "4",
                RedisNames.revocationMarker(),
                RedisNames.revocations(),
                RedisNames.revocationLooks(),
                RedisNames.revocationLooked(),
                from.marker(),
                from.version(),
                Integer.toString(AT_ONCE)))
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .map(answer -> page(from, answer));
  }

  private static Page page(Position from, Response answer) {
    String marker = answer.get(0).toString();
    Looks looks = new Looks(answer.get(1).toLong(), answer.get(2).toLong());
    if (marker.isEmpty()) {
      return new Page(false, true, looks, from, List.of());
    }
    List<Revocation> revocations = new ArrayList<>();
    String version = marker.equals(from.marker()) ? from.version() : "0";
    Response found = answer.get(3);
    for (int i = 0; i + 1 < found.size(); i += 2) {
      revocations.add(Revocation.parse(found.get(i).toString()));
      version = found.get(i + 1).toString();
    }
    return new Page(
        true, revocations.size() < AT_ONCE, looks, new Position(marker, version), revocations);
  }
}
