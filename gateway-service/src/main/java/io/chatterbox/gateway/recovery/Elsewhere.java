package io.chatterbox.gateway.recovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Node;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Session;
import io.chatterbox.gateway.fanout.Stays.Claim;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Asks other gateways for sessions, and answers them. Only on the hub.
@Singleton
final class Elsewhere {
  private static final Logger LOG = Logger.getLogger(Elsewhere.class);
  private static final int MOST = 2_000;

  private final Channels channels;
  private final Requests redis;
  private final Node node;
  private final Json json;
  private final Hub hub;
  private final long patience;
  private final Map<String, Consumer<Answer>> asked = new HashMap<>();

  /// What became of a question.
  ///
  /// @param session the session, which is nobody else's from now on
  /// @param moved the gateway that it was given to before
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(String id, @Nullable Session session, @Nullable String moved) {
    static Answer silence() {
      return new Answer("", null, null);
    }
  }

  /// @param from the asking gateway's name
  /// @param answerTo the channel for the answer
  private record Question(String id, String from, String answerTo, Claim claim) {}

  /// Has what others ask for.
  interface Source {
    /// @param from the asking gateway
    void take(Claim claim, String from, Consumer<Answer> answer);
  }

  @Inject
  Elsewhere(
      Channels channels, Requests redis, Node node, Json json, Hub hub, GatewayConfig config) {
    this.channels = channels;
    this.redis = redis;
    this.node = node;
    this.json = json;
    this.hub = hub;
    this.patience = config.recovery().answers().toMillis();
  }

  /// Listens from now on.
  void listen(Source source) {
    channels
        .subscribe(
            RedisNames.sessionRequests(node.name()),
            message -> hub.execute(() -> asked(message, source)))
        .onFailure(e -> LOG.warnf("event=sessions-not-asked-for reason=%s", e.getMessage()));
    channels
        .subscribe(
            RedisNames.sessionAnswers(node.incarnation()),
            message -> hub.execute(() -> answered(message)))
        .onFailure(e -> LOG.warnf("event=sessions-not-given reason=%s", e.getMessage()));
  }

  /// Asks a gateway for a session.
  ///
  /// @param answer called once, on the hub, in time
  void ask(String gateway, Claim claim, Consumer<Answer> answer) {
    if (asked.size() >= MOST) {
      answer.accept(Answer.silence());
      return;
    }
    String id = UUID.randomUUID().toString();
    asked.put(id, answer);
    Question question =
        new Question(id, node.name(), RedisNames.sessionAnswers(node.incarnation()), claim);
    publish(RedisNames.sessionRequests(gateway), question);
    hub.after(patience, () -> answered(new Answer(id, null, null)));
  }

  private void asked(Buffer message, Source source) {
    try {
      Question question = json.read(RawJson.of(message.getBytes()), Question.class);
      source.take(
          question.claim(),
          question.from(),
          answer ->
              publish(
                  question.answerTo(),
                  new Answer(question.id(), answer.session(), answer.moved())));
    } catch (Refusal e) {
      LOG.error("event=question-not-understood", e);
    }
  }

  private void answered(Buffer message) {
    try {
      answered(json.read(RawJson.of(message.getBytes()), Answer.class));
    } catch (Refusal e) {
      LOG.error("event=answer-not-understood", e);
    }
  }

  private void answered(Answer answer) {
    Optional.ofNullable(asked.remove(answer.id())).ifPresent(waiting -> waiting.accept(answer));
  }

  private void publish(String channel, Object what) {
    redis
        .publish(channel, Buffer.buffer(json.write(what).bytes()))
        .onFailure(e -> LOG.debugf("event=session-not-told reason=%s", e.getMessage()));
  }
}
