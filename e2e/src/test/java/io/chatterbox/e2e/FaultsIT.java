package io.chatterbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Two of each service under people who talk: a rolling restart of every process, some faults from
/// the table of faults, and after all that no secret in any log. By hand, and for longer:
/// `./chatterbox check --rolling` and `./chatterbox check --table`.
class FaultsIT {
  private static final List<String> FAULTS =
      List.of(
          "chat killed",
          "a gateway cut off from redis for 6 s",
          "a command stream is full",
          "a slow reader in a flooded room",
          "100 clients come back at once",
          "all clocks go an hour ahead for 3 s");

  /// How long something takes is not held here, on a machine under load: `./chatterbox check` does
  /// that. Everybody comes back, and everything is answered.
  private static final String LONGEST_AWAY_MILLIS = "60000";

  private static final String SLACK_MILLIS = "18000";

  private static final String MARK = "said-by-a-device-of-the-check";

  /// The password of everybody in `node/support.mjs`, and how every access token begins.
  private static final List<Pattern> NEVER =
      List.of(
          Pattern.compile(Pattern.quote("correct horse battery")),
          Pattern.compile(Pattern.quote(MARK)),
          Pattern.compile("eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}"));

  @TestFactory
  Stream<DynamicTest> whateverFailsNothingIsLostAndNoSecretTold()
      throws IOException, InterruptedException {
    Path secrets = Path.of("target", "secrets.txt");
    Files.deleteIfExists(secrets);
    try (Running running = Running.ofTwoBehindProxies()) {
      DynamicTest rolling =
          run(running, "rolling", "--people=20", "--rate=0.5", "--away=" + LONGEST_AWAY_MILLIS);
      DynamicTest table =
          run(running, "table", "--people=10", "--faults=" + String.join(",", FAULTS));
      DynamicTest discretion =
          run(running, "secrets", "--out=" + secrets.toAbsolutePath().normalize());
      List<DynamicTest> all = new ArrayList<>(List.of(rolling, table, discretion));
      Map<Path, String> logs = running.logs();
      all.add(DynamicTest.dynamicTest("no secret in a log", () -> noSecret(logs, secrets)));
      return all.stream();
    }
  }

  private static DynamicTest run(Running running, String program, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    if (!program.equals("secrets")) {
      all.add("--state=" + running.stateFile().toAbsolutePath());
    }
    all.addAll(Arrays.asList(options));
    Map<String, String> environment = new HashMap<>(running.environment());
    environment.put("CHATTERBOX_MARK", MARK);
    environment.put("CHATTERBOX_SLACK", SLACK_MILLIS);
    return Checks.run(program, program, all, environment);
  }

  private static void noSecret(Map<Path, String> logs, Path secrets) throws IOException {
    List<Pattern> never = new ArrayList<>(NEVER);
    for (String secret : Files.readAllLines(secrets)) {
      never.add(Pattern.compile(Pattern.quote(secret)));
    }
    assertThat(never).hasSizeGreaterThan(10);
    // what is said in detail is there to be searched
    assertThat(logs.values()).anyMatch(text -> text.contains(" DEBUG "));
    logs.forEach((log, text) ->
        never.forEach(secret ->
            assertThat(text.lines().filter(line -> secret.matcher(line).find()).limit(3))
                .as("%s in %s", secret, log)
                .isEmpty()));
  }
}
