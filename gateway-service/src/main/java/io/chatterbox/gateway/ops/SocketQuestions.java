package io.chatterbox.gateway.ops;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.OpsAnswer;
import io.chatterbox.contract.OpsQuestion;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Asks all gateways about their sockets. On the context of [Viewers].
final class SocketQuestions {
  private static final Logger LOG = Logger.getLogger(SocketQuestions.class);
  private static final long PATIENCE_MILLIS = 2_000;

  /// What came.
  ///
  /// @param silent gateways that were expected to answer and did not
  record Answers(List<OpsAnswer> answers, List<String> silent) {
    Answers {
      answers = List.copyOf(answers);
      silent = List.copyOf(silent);
    }
  }

  private static final class Waiting {
    private final Set<String> missing;
    private final List<OpsAnswer> answers = new ArrayList<>();
    private final Promise<Answers> promise = Promise.promise();

    Waiting(Set<String> expected) {
      this.missing = new TreeSet<>(expected);
    }
  }

  private final SocketDesk.Road road;
  private final Vertx vertx;
  private final String answersChannel;
  private final Handler<Runnable> here;
  private final Handler<Buffer> ears;
  private final Map<String, Waiting> waiting = new HashMap<>();

  /// @param here runs a task on the context
  SocketQuestions(SocketDesk.Road road, Vertx vertx, Handler<Runnable> here) {
    this.road = road;
    this.vertx = vertx;
    this.answersChannel = RedisNames.opsAnswers(road.node().incarnation());
    this.here = here;
    this.ears = message -> here.handle(() -> heard(message));
  }

  void listen() {
    channels().subscribe(answersChannel, ears).onFailure(e -> LOG.debugf("not heard yet: %s", e));
  }

  void stop() {
    channels().unsubscribe(answersChannel, ears);
  }

  /// @param gateways from whom an answer is expected
  Future<Answers> ask(OpsQuestion.About about, String subject, Set<String> gateways) {
    String id = UUID.randomUUID().toString();
    Waiting asked = new Waiting(gateways);
    waiting.put(id, asked);
    long timer = vertx.setTimer(PATIENCE_MILLIS, _ -> end(id));
    asked.promise.future().onComplete(_ -> vertx.cancelTimer(timer));
    OpsQuestion question = new OpsQuestion(id, answersChannel, about, subject);
    redis()
        .publish(RedisNames.socketQuestions(), json().write(question).bytes())
        .onFailure(e -> here.handle(() -> fail(id, e)));
    return asked.promise.future();
  }

  private void heard(Buffer message) {
    OpsAnswer answer = json().read(RawJson.of(message.getBytes()), OpsAnswer.class);
    Waiting asked = waiting.get(answer.id());
    if (asked != null) {
      asked.answers.add(answer);
      asked.missing.remove(answer.gateway());
      if (asked.missing.isEmpty()) {
        end(answer.id());
      }
    }
  }

  private void fail(String id, Throwable cause) {
    Waiting asked = waiting.remove(id);
    if (asked != null) {
      asked.promise.tryFail(cause);
    }
  }

  private void end(String id) {
    Waiting asked = waiting.remove(id);
    if (asked != null) {
      asked.promise.tryComplete(new Answers(asked.answers, List.copyOf(asked.missing)));
    }
  }

  private Channels channels() {
    return road.channels();
  }

  private Requests redis() {
    return road.redis();
  }

  private Json json() {
    return road.json();
  }
}
