package io.chatterbox.gateway.authority;

import io.chatterbox.engineio.Loop;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When the authority of one socket ends if nobody renews it. On the socket's loop.
final class Deadline {
  private final Loop loop;
  private final AuthorityTools tools;
  private Loop.@Nullable Timer notice;
  private Loop.@Nullable Timer end;

  Deadline(Loop loop, AuthorityTools tools) {
    this.loop = loop;
    this.tools = tools;
  }

  /// Ends after this time, in place of what was before.
  void in(Duration patience, Runnable ended) {
    cancel();
    end = loop.schedule(patience.toMillis(), ended);
  }

  /// Ends with a token, in place of what was before. One that has expired by this clock counts as
  /// long as clocks may differ.
  ///
  /// @param noticed run some time before
  void of(Instant expiresAt, Runnable noticed, Runnable ended) {
    cancel();
    Instant now = tools.clock().instant();
    Instant until =
        expiresAt.isAfter(now) ? expiresAt : expiresAt.plusSeconds(tools.config().skewSeconds());
    Duration noticeIn = Duration.between(now, expiresAt).minus(tools.config().expiryNotice());
    notice = loop.schedule(Math.max(0, noticeIn.toMillis()), noticed);
    end = loop.schedule(Math.max(0, Duration.between(now, until).toMillis()), ended);
  }

  void cancel() {
    if (notice != null) {
      notice.cancel();
    }
    if (end != null) {
      end.cancel();
    }
  }
}
