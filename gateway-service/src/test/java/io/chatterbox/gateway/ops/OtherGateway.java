package io.chatterbox.gateway.ops;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.OpsAnswer;
import io.chatterbox.contract.OpsQuestion;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Report;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// What another gateway says over Redis, as far as an operator's page hears of it.
@Singleton
public class OtherGateway {
  static final String NAME = "elsewhere";
  private static final double CONNECTIONS = 5_000;

  private final Channels channels;
  private final Requests redis;
  private final Json json;
  private final Map<String, Handler<Buffer>> handlers = new HashMap<>();
  private final AtomicInteger cuts = new AtomicInteger();

  OtherGateway(Channels channels, Requests redis, Json json) {
    this.channels = channels;
    this.redis = redis;
    this.json = json;
  }

  /// Lives, and answers how it is until it is closed.
  void lives(String name) {
    AtomicInteger asked = new AtomicInteger();
    String now = Long.toString(System.currentTimeMillis());
    done(Request.cmd(Command.ZADD, RedisNames.processes(), now, "gateway/" + name));
    hear(
        RedisNames.reportQuestions(),
        replyTo -> publish(replyTo.toString(), report(name, 1_000.0 * asked.incrementAndGet())));
  }

  /// Ends by itself, as far as others know.
  void saysGoodbye(String name) {
    done(Request.cmd(Command.ZREM, RedisNames.processes(), "gateway/" + name));
  }

  /// Has one socket of this account and of nobody else.
  void hasASocketOf(String userId) {
    cuts.set(0);
    hear(RedisNames.socketQuestions(), message -> answer(message, userId));
  }

  /// How often it was told to cut it.
  int cuts() {
    return cuts.get();
  }

  void close() {
    handlers.forEach(channels::unsubscribe);
    handlers.clear();
  }

  private static Report report(String name, double events) {
    Map<String, Double> figures = Map.of("connections", CONNECTIONS, "events-in", events);
    return new Report(name, "run", "gateway", "1", Instant.now(), List.of(), figures);
  }

  private void answer(Buffer message, String userId) {
    OpsQuestion question = json.read(RawJson.of(message.getBytes()), OpsQuestion.class);
    OpsAnswer nothing = new OpsAnswer(question.id(), NAME, 0, List.of(), List.of());
    if (!question.subject().equals(userId)) {
      publish(question.replyTo(), nothing);
      return;
    }
    if (question.about() == OpsQuestion.About.CUT_ACCOUNT) {
      cuts.incrementAndGet();
    }
    OpsAnswer.OpenSocket socket =
        new OpsAnswer.OpenSocket("s", userId, "d", NAME, "10.9.9.9", "", Instant.now());
    publish(question.replyTo(), new OpsAnswer(question.id(), NAME, 1, List.of(), List.of(socket)));
  }

  private void hear(String channel, Handler<Buffer> handler) {
    channels.subscribe(channel, handler).toCompletionStage().toCompletableFuture().join();
    handlers.put(channel, handler);
  }

  private void done(Request request) {
    redis.send(request).toCompletionStage().toCompletableFuture().join();
  }

  private void publish(String channel, Object message) {
    redis.send(Request.cmd(Command.PUBLISH, channel, json.write(message).bytes()));
  }
}
