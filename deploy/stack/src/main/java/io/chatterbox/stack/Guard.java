package io.chatterbox.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Ends all children when the supervisor itself is gone, however it went. A small shell in a
/// session of its own is told each child's id over a pipe; the pipe's end is the supervisor's end.
final class Guard implements AutoCloseable {
  private static final String SCRIPT =
      """
      declare -A children
      while read -r sign pid; do
        if [ "$sign" = + ]; then children[$pid]=1; else unset "children[$pid]"; fi
      done
      [ ${#children[@]} -eq 0 ] && exit 0
      kill -TERM "${!children[@]}" 2>/dev/null
      for _ in $(seq 50); do
        alive=0
        for pid in "${!children[@]}"; do kill -0 "$pid" 2>/dev/null && alive=1; done
        [ $alive -eq 0 ] && exit 0
        sleep 0.1
      done
      kill -KILL "${!children[@]}" 2>/dev/null
      """;

  private final Process shell;
  private final Writer pipe;

  Guard() {
    try {
      shell =
          new ProcessBuilder(List.of("setsid", "bash", "-c", SCRIPT, "chatterbox-guard"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      pipe = shell.outputWriter(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void watch(long pid) {
    tell("+ " + pid);
  }

  synchronized void forget(long pid) {
    tell("- " + pid);
  }

  private void tell(String line) {
    try {
      pipe.write(line + "\n");
      pipe.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the guard process is gone", e);
    }
  }

  @Override
  public void close() throws IOException {
    pipe.close();
  }
}
