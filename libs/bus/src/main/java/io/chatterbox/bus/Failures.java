package io.chatterbox.bus;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Refusal;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Counts the tries of commands that failed, by the command's id, so that a repeat in another entry
/// or at another owner is counted on; and puts away what failed too often.
final class Failures {
  private static final Script COUNT = Script.load("count-try");
  private static final Script BURY = Script.load("bury");
  private static final String OURS = "io.chatterbox.";
  private static final Duration REMEMBERED = Duration.ofHours(1);

  /// The reason when nobody lived to tell one.
  static final String KILLED = "the process that tried it did not live";

  /// Tries that a command gets.
  static final int MOST_TRIES = 3;

  private final Router redis;
  private final Json json;
  private final int mostLetters;

  Failures(Router redis, Json json, BusConfig config) {
    this.redis = redis;
    this.json = json;
    this.mostLetters = config.deadLetters();
  }

  /// Counts a try before it is made.
  ///
  /// @return the tries with this one
  Future<Long> count(Work work) {
    return count(work, 1);
  }

  /// Takes the last try back: it failed for a reason that is not the command's.
  Future<Long> uncount(Work work) {
    return count(work, -1);
  }

  /// The tries that were made and not taken back: by owners that did not live to do so.
  Future<Long> tries(Work work) {
    return redis
        .send(Request.cmd(Command.HGET, work.partition().tries(), work.command().id()))
        .map(answer -> answer == null ? 0L : answer.toLong());
  }

  /// Forgets the tries of a command that was done.
  void forget(Work work) {
    String tries = work.partition().tries();
    redis.send(Request.cmd(Command.HDEL, tries, work.command().id()));
  }

  /// Puts a command to the dead letters, where it stays until there are too many.
  ///
  /// @param tries that were made
  /// @param reason for whoever looks at it
  Future<Response> bury(Work work, long tries, String reason) {
    Partition partition = work.partition();
    PendingCommand command = work.command();
    return BURY.run(
        redis,
        List.of(partition.deadLetters(), partition.tries()),
        List.of(
            mostLetters,
            command.id(),
            "key",
            command.key().text(),
            "caller",
            json.write(command.caller()).bytes(),
            "id",
            command.id(),
            "event",
            command.event(),
            "body",
            command.body().bytes(),
            "tries",
            tries,
            "reason",
            reason));
  }

  /// A failure in few words: what it is and where it arose, not what it says of what people wrote.
  static String reason(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String where =
        Stream.of(root.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(OURS))
            .findFirst()
            .map(frame -> " in " + simple(frame.getClassName()) + ":" + frame.getLineNumber())
            .orElse("");
    return root.getClass().getSimpleName() + where;
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /// What the sender of such a command is told.
  static Reply reply(PendingCommand command) {
    return Reply.refused(
        command.id(), new Refusal(ErrorCode.SERVER_ERROR, "This could not be done."));
  }

  private Future<Long> count(Work work, int tries) {
    return COUNT
        .run(
            redis,
            List.of(work.partition().tries()),
            List.of(work.command().id(), tries, REMEMBERED.toMillis()))
        .map(Response::toLong);
  }
}
