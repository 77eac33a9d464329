package io.chatterbox.auth.revocations;

import io.chatterbox.auth.Lua;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Revocation;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The list as the gateways read it, in Redis.
///
/// Its marker names the Redis process in which the list was made whole. One that was restarted from
/// an old file, or took over from a master without its last writes, shows a marker of another
/// process, and so a list that has to be restored.
@Singleton
class RevocationList {
  private static final Lua ADD =
      new Lua(
          """
          -- Adds revocations, each with the next version, and tells them.
          -- KEYS[1] marker, KEYS[2] restorer, KEYS[3] version, KEYS[4] revocations, KEYS[5] ends
          -- ARGV[1] the channel
          -- ARGV[2] the restorer: nothing is done when it is not there any more; or empty
          -- ARGV[3] 1 when the list is whole with these
          -- ARGV[4] what is published with
          -- ARGV[5...] revocations as <until>:<subject>
          -- Result: 1 done, 0 the restorer was not there
          if ARGV[2] ~= '' and redis.call('GET', KEYS[2]) ~= ARGV[2] then
            return 0
          end
          for i = 5, #ARGV do
            if not redis.call('ZSCORE', KEYS[4], ARGV[i]) then
              local version = redis.call('INCR', KEYS[3])
              redis.call('ZADD', KEYS[4], version, ARGV[i])
              redis.call('ZADD', KEYS[5], string.match(ARGV[i], '^%d+'), ARGV[i])
              redis.call(ARGV[4], ARGV[1], ARGV[i])
            end
          end
          if ARGV[3] == '1' then
            local process = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
            redis.call('SET', KEYS[1], ARGV[2] .. '@' .. process)
            redis.call('DEL', KEYS[2])
          end
          return 1
          """);

  private static final Lua LOOK =
      new Lua(
          """
          -- Begins a look: whether the list is whole. What matters no longer is removed.
          -- KEYS[1] marker, KEYS[2] revocations, KEYS[3] ends, KEYS[4] looks
          -- ARGV[1] how many to remove at most
          -- Result: {1 whole or 0 not, the number of this look}
          local time = redis.call('TIME')
          local past = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', time[1] * 1000, 'LIMIT', 0, ARGV[1])
          for _, revocation in ipairs(past) do
            redis.call('ZREM', KEYS[2], revocation)
            redis.call('ZREM', KEYS[3], revocation)
          end
          local marker = redis.call('GET', KEYS[1])
          local process = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
          local look = redis.call('INCR', KEYS[4])
          local whole = marker and string.match(marker, '@(%w+)$') == process
          return {whole and 1 or 0, look}
          """);

  private static final Lua LOOKED =
      new Lua(
          """
          -- Ends a look, unless Redis has forgotten its beginning.
          -- KEYS[1] looks, KEYS[2] looked
          -- ARGV[1] the number of the look
          -- Result: 1 it is the newest that ended, 0 not
          local look = tonumber(ARGV[1])
          local began = tonumber(redis.call('GET', KEYS[1]) or '0')
          local ended = tonumber(redis.call('GET', KEYS[2]) or '0')
          if look > began or look <= ended then
            return 0
          end
          redis.call('SET', KEYS[2], look)
          return 1
          """);

  private static final Lua BEGIN =
      new Lua(
          """
          -- Begins to restore, unless somebody else has begun.
          -- KEYS[1] restorer
          -- ARGV[1] its name, ARGV[2] milliseconds until somebody else may
          -- Result: 1 begun, 0 not
          if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
            return 1
          end
          return 0
          """);

  private static final String REMOVED_AT_ONCE = "500";
  private static final String RESTORING_MS = "5000";

  private final RedisAPI redis;
  private final String publishing;

  RevocationList(Requests requests) {
    this.redis = requests.api();
    this.publishing = requests.publishing();
  }

  /// Adds what it does not have.
  ///
  /// @throws Lua.RedisAwayException when Redis does not answer
  void add(Collection<Revocation> revocations) {
    add(revocations, "", false);
  }

  /// Begins to restore it.
  ///
  /// @param restorer a name that is new each time
  /// @return false when somebody else is at it
  boolean begin(String restorer) {
    return BEGIN
            .run(redis, List.of(RedisNames.revocationRestorer()), List.of(restorer, RESTORING_MS))
            .toInteger()
        == 1;
  }

  /// Adds more of what was read after [#begin]. A list that was lost again meanwhile is not taken
  /// for whole: the restorer is lost with it.
  ///
  /// @param whole whether that was all
  /// @return false when it has to be begun anew
  boolean restore(Collection<Revocation> revocations, String restorer, boolean whole) {
    return add(revocations, restorer, whole);
  }

  /// A look for what the list lacks.
  ///
  /// @param isWhole whether it lacks nothing but what could not be told
  /// @param number looks are counted over all replicas
  record Look(boolean isWhole, long number) {}

  /// Begins a look.
  Look look() {
    Response answer =
        LOOK.run(
            redis,
            List.of(
                RedisNames.revocationMarker(),
                RedisNames.revocations(),
                RedisNames.revocationEnds(),
                RedisNames.revocationLooks()),
            List.of(REMOVED_AT_ONCE));
    return new Look(answer.get(0).toInteger() == 1, answer.get(1).toLong());
  }

  /// Ends a look: all that was revoked before it began is in the list now.
  void looked(Look look) {
    LOOKED.run(
        redis,
        List.of(RedisNames.revocationLooks(), RedisNames.revocationLooked()),
        List.of(Long.toString(look.number())));
  }

  private boolean add(Collection<Revocation> revocations, String restorer, boolean whole) {
    List<String> arguments = new ArrayList<>();
    arguments.add(RedisNames.revocationNews());
    arguments.add(restorer);
    arguments.add(whole ? "1" : "0");
    arguments.add(publishing);
    revocations.forEach(revocation -> arguments.add(revocation.text()));
    return ADD.run(
                redis,
                List.of(
                    RedisNames.revocationMarker(),
                    RedisNames.revocationRestorer(),
                    RedisNames.revocationVersion(),
                    RedisNames.revocations(),
                    RedisNames.revocationEnds()),
                arguments)
            .toInteger()
        == 1;
  }
}
