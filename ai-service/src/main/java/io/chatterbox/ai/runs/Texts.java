package io.chatterbox.ai.runs;

import io.chatterbox.bus.Requests;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Service;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What runs have said so far, in Redis, which may lose it at any moment: the writer has it too.
///
/// Everything here throws [StoreAwayException] while Redis does not answer, and may be repeated.
@Singleton
class Texts {
  /// Longer than a run may be silent.
  private static final String KEPT_MS = Long.toString(Duration.ofMinutes(30).toMillis());

  private final RunScript begin = RunScript.load("begin");
  private final RunScript say = RunScript.load("say");
  private final RunScript stop = RunScript.load("stop");
  private final RunScript read = RunScript.load("read");
  private final RunScript forget = RunScript.load("forget");
  private final Requests redis;

  /// What a run has said.
  ///
  /// @param index of the last part; -1 when there was none
  record Text(String runId, int index, String content) {}

  /// What became of a part.
  enum Heard {
    YES,
    /// And the run is to stop.
    YES_AND_STOP,
    /// Redis has lost what was said before.
    ALL_IS_NEEDED,
    /// The run has another writer.
    REFUSED
  }

  Texts(Requests redis) {
    this.redis = redis;
  }

  /// Makes a replica the writer of a run.
  ///
  /// @return what was said before
  Text begin(RunDocument run) {
    Response answer =
        begin.run(redis, keys(run.conversationId()), run.runId(), run.writer(), KEPT_MS);
    return new Text(run.runId(), answer.get(0).toInteger(), answer.get(1).toString());
  }

  /// Adds a part.
  ///
  /// @param text the part, or everything with it
  Heard say(RunDocument run, int index, String text, boolean isAll) {
    int answer =
        say.run(
                redis,
                keys(run.conversationId()),
                run.runId(),
                run.writer(),
                Integer.toString(index),
                text,
                isAll ? "1" : "0",
                KEPT_MS)
            .toInteger();
    return switch (answer) {
      case 0 -> Heard.YES;
      case 1 -> Heard.YES_AND_STOP;
      case -1 -> Heard.ALL_IS_NEEDED;
      case -2 -> Heard.REFUSED;
      default -> throw new IllegalStateException("say.lua answered " + answer);
    };
  }

  /// Leaves word for the writer that the run is to stop.
  void stop(String conversationId, String runId) {
    stop.run(redis, keys(conversationId).subList(0, 1), runId);
  }

  /// What the conversation's run has said; empty when there is none, or it said nothing.
  Optional<Text> read(String conversationId) {
    Response answer = read.run(redis, keys(conversationId));
    return answer.size() == 0
        ? Optional.empty()
        : Optional.of(
            new Text(
                answer.get(0).toString(), answer.get(1).toInteger(), answer.get(2).toString()));
  }

  /// The run is over.
  void forget(RunDocument run) {
    forget.run(redis, keys(run.conversationId()), run.runId());
  }

  private static List<String> keys(String conversationId) {
    Partition partition = Service.AI.partitionOf(Key.conversation(conversationId));
    return List.of(partition.key("run:" + conversationId), partition.key("text:" + conversationId));
  }
}
