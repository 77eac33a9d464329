package io.chatterbox.stack.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts processes that cannot outlive this one, even if it is killed without a chance to act.
///
/// A shell of a few lines holds a pipe from here and the ids of all processes that run. When the
/// pipe ends, for whatever reason, it kills them. Each process waits, before it becomes the program
/// it is meant to be, until the shell was told its id; so there is no moment in which it could be
/// forgotten. All of them run in sessions of their own, so that Ctrl-C reaches only this process.
public final class Guard implements AutoCloseable {
  private static final String WATCH =
      """
      trap '' HUP INT TERM QUIT
      pids=' '
      while read -r word pid; do
        case $word in
          watch) pids="$pids$pid " ;;
          forget) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;;
        esac
      done
      for pid in $pids; do kill -9 "-$pid" "$pid" 2>/dev/null; done
      """;

  private static final String WAIT = "read -r go && exec \"$@\" </dev/null";

  private final Process shell;
  private final Writer pipe;

  public Guard() {
    try {
      shell =
          new ProcessBuilder(detached("sh", "-c", WATCH))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pipe = shell.outputWriter(StandardCharsets.US_ASCII);
  }

  /// Starts a program whose output is added to this file.
  public Process start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    List<String> waiting = new ArrayList<>(detached("sh", "-c", WAIT, "sh"));
    waiting.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(waiting)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    tell("watch", process);
    try (Writer gate = process.outputWriter(StandardCharsets.US_ASCII)) {
      gate.write("go\n");
    }
    return process;
  }

  /// Says that a process has ended, since its id may be given to another.
  public void forget(Process process) throws IOException {
    tell("forget", process);
  }

  /// Ends the shell, which kills whatever was not forgotten.
  @Override
  public void close() {
    try {
      pipe.close();
      shell.waitFor();
    } catch (IOException e) {
      shell.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tell(String word, Process process) throws IOException {
    pipe.write(word + " " + process.pid() + "\n");
    pipe.flush();
  }

  /// `setsid` is there on every Linux; elsewhere Ctrl-C reaches all processes at once.
  private static List<String> detached(String... command) {
    List<String> whole = new ArrayList<>();
    if (Programs.onPath("setsid", System.getenv().getOrDefault("PATH", "")).isPresent()) {
      whole.add("setsid");
    }
    whole.addAll(List.of(command));
    return whole;
  }
}
