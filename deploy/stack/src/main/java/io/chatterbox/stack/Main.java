package io.chatterbox.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// `up` and `status` of the launcher: `Main <folder of ChatterBox> up|status [options]`.
public final class Main {
  /// Set to 1 by the launcher when a person looks at a terminal.
  private static final String COLOUR_VARIABLE = "CHATTERBOX_COLOUR";

  private static final int FAILED = 1;
  private static final int NOT_RUNNING = 3;

  private final Function<Path, List<ServiceKind>> kinds;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Main(
      Function<Path, List<ServiceKind>> kinds,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err) {
    this.kinds = kinds;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Main main = new Main(ServiceKind::ofChatterBox, System.getenv(), System.out, System.err);
    System.exit(main.run(List.of(arguments)));
  }

  /// Does what the arguments say and returns the exit code; `up` returns only when it failed.
  int run(List<String> arguments) throws InterruptedException {
    Path root = Path.of(arguments.get(0));
    List<String> options = arguments.subList(2, arguments.size());
    try {
      return switch (arguments.get(1)) {
        case "up" -> up(root, UpOptions.parse(options, root.resolve(".chatterbox")));
        case "status" -> status(root, options);
        default -> throw new StartFailure("There is no command " + arguments.get(1) + ".");
      };
    } catch (StartFailure e) {
      err.println("chatterbox: " + e.getMessage());
    } catch (UncheckedIOException e) {
      err.println("chatterbox: a file cannot be used: " + e.getCause());
    }
    return FAILED;
  }

  private int up(Path root, UpOptions options) throws InterruptedException {
    boolean coloured = "1".equals(environment.get(COLOUR_VARIABLE));
    Journal journal = new Journal(out, InstantSource.system(), coloured);
    LocalStack stack = LocalStack.up(kinds.apply(root), options, environment, journal);
    int port =
        stack.gateways().isEmpty()
            ? stack.status().getLast().port()
            : stack.gateways().getFirst().getPort();
    journal.good("ChatterBox", "is ready: http://localhost:" + port + " (Ctrl-C stops it)");
    new CountDownLatch(1).await();
    return FAILED;
  }

  private int status(Path root, List<String> options) {
    boolean json = options.contains("--json");
    Path data = root.resolve(".chatterbox");
    for (int i = 0; i < options.size(); i++) {
      switch (options.get(i)) {
        case "--json" -> {}
        case "--data" -> data = Path.of(options.get(++i));
        default -> throw new StartFailure("status does not know " + options.get(i) + ".");
      }
    }
    Folders folders = new Folders(data);
    String rows = OnlyOne.runs(folders) ? state(folders) : "";
    if (json) {
      out.print(rows.isEmpty() ? "[]\n" : rows);
      return 0;
    }
    if (rows.isEmpty()) {
      out.println("ChatterBox is not running.");
      return NOT_RUNNING;
    }
    StatusRow.fromJson(rows).forEach(row -> out.println(row.line()));
    return 0;
  }

  private static String state(Folders folders) {
    try {
      return Files.readString(folders.state(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
