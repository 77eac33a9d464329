package io.chatterbox.stack;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/// What the launcher script runs: `up …` and `status [--json]`.
public final class Main {
  /// The exit code of a plain `status` when nothing runs, as of `systemctl status`.
  private static final int NOT_RUNNING = 3;

  private Main() {}

  /// Runs one command.
  ///
  /// @param args the folder of the built tree, the command and its options
  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = Path.of(args[0]).toAbsolutePath();
    String[] words = Arrays.copyOfRange(args, 2, args.length);
    try {
      switch (args[1]) {
        case "up" -> up(Options.parse(home, words));
        case "status" -> status(home, words);
        default -> throw new StackException("I do not know the command " + args[1] + ".");
      }
    } catch (StackException e) {
      System.err.println("chatterbox: " + e.sentence());
      System.exit(1);
    }
  }

  private static void up(Options options) throws IOException, InterruptedException {
    Files.createDirectories(options.data());
    StateFile state = new StateFile(options.data());
    try (FileLock held = state.hold()) {
      LocalStack stack = new LocalStack(options, state, System.out);
      Thread stopper =
          new Thread(
              () -> {
                try {
                  stack.close();
                } catch (IOException e) {
                  System.err.println("chatterbox: " + e.getMessage());
                }
              },
              "stop");
      Runtime.getRuntime().addShutdownHook(stopper);
      List<String> gateways = stack.start();
      System.out.println();
      System.out.println(
          "ChatterBox is ready at "
              + gateways.getFirst()
              + (gateways.size() == 1 ? "" : "  (and " + rest(gateways) + ")"));
      System.out.println("Press Ctrl-C to stop it.");
      new CountDownLatch(held.isValid() ? 1 : 0).await();
    }
  }

  private static String rest(List<String> gateways) {
    return gateways.stream().skip(1).collect(Collectors.joining(", "));
  }

  private static void status(Path home, String... words) throws IOException {
    List<String> options = List.of(words);
    int data = options.indexOf("--data");
    Path folder =
        data >= 0 && data + 1 < words.length
            ? Path.of(words[data + 1])
            : home.resolve(".chatterbox");
    List<StateFile.Line> lines = new StateFile(folder).read();
    if (options.contains("--json")) {
      System.out.println(
          lines.stream().map(StateFile.Line::json).collect(Collectors.joining(",", "[", "]")));
    } else if (lines.isEmpty()) {
      System.out.println("ChatterBox does not run.");
      System.exit(NOT_RUNNING);
    } else {
      lines.forEach(line -> System.out.println(line.text()));
    }
  }
}
