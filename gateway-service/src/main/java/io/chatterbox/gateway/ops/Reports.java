package io.chatterbox.gateway.ops;

import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Report;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/// Asks all processes how they are, and keeps what they say. On the context of [Viewers].
final class Reports {
  private static final Logger LOG = Logger.getLogger(Reports.class);

  /// Who has given no sign of life for so long was not killed just now.
  private static final long FORGOTTEN_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final SocketDesk.Road road;
  private final Handler<Runnable> here;
  private final String channel;
  private final Handler<Buffer> ears;
  private final Processes processes = new Processes();

  /// @param here runs a task on the context
  Reports(SocketDesk.Road road, Handler<Runnable> here) {
    this.road = road;
    this.here = here;
    this.channel = RedisNames.opsReports(road.node().incarnation());
    this.ears = message -> here.handle(() -> heard(message));
  }

  void listen() {
    // the first question is heard by all only when the answers can be
    road.channels().subscribe(channel, ears).onComplete(_ -> here.handle(this::ask));
  }

  void stop() {
    road.channels().unsubscribe(channel, ears);
    processes.clear();
  }

  /// Asks once.
  void ask() {
    String forgotten = Long.toString(System.currentTimeMillis() - FORGOTTEN_MILLIS);
    road.redis()
        .send(Request.cmd(Command.ZREMRANGEBYSCORE, RedisNames.processes(), "-inf", forgotten))
        .onFailure(e -> LOG.debugf("event=processes-not-cleaned reason=%s", e));
    road.redis()
        .send(Request.cmd(Command.ZRANGE, RedisNames.processes(), "0", "-1"))
        .map(Reports::members)
        .onSuccess(members -> here.handle(() -> processes.expect(members, now())))
        .onFailure(e -> LOG.debugf("event=processes-not-read reason=%s", e));
    road.redis()
        .publish(RedisNames.reportQuestions(), channel)
        .onFailure(e -> LOG.debugf("event=reports-not-asked reason=%s", e));
  }

  Picture picture() {
    return processes.picture(Instant.now(), now());
  }

  /// The gateways that are not silent.
  Set<String> gateways() {
    return processes.living("gateway", now());
  }

  private void heard(Buffer message) {
    try {
      processes.heard(road.json().read(RawJson.of(message.getBytes()), Report.class), now());
    } catch (Refusal e) {
      LOG.warnf("event=report-not-understood reason=%s", e.sentence());
    }
  }

  private static List<String> members(Response answer) {
    return StreamSupport.stream(answer.spliterator(), false).map(Response::toString).toList();
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
