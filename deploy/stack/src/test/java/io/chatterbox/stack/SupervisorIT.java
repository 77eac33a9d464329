package io.chatterbox.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The supervisor as a process, as a person or a machine that ends it sees it.
class SupervisorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<ProcessHandle> children = new ArrayList<>();
  private final List<Process> supervisors = new ArrayList<>();

  @TempDir Path root;

  @AfterEach
  void endAll() {
    supervisors.forEach(Process::destroyForcibly);
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM", "INT"})
  void howeverItEndsNoChildSurvives(String signal) throws Exception {
    Process supervisor = start();
    await(() -> assertThat(output()).contains("ready: http://localhost:"));
    remember(supervisor);
    assertThat(children).hasSizeGreaterThanOrEqualTo(5);
    signal(supervisor, signal);
    await(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    await(() -> assertThat(supervisor.isAlive()).isFalse());
    assertThat(status("--json")).isEqualTo("[]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void noChildSurvivesAnEndInTheMiddleOfTheStart(String signal) throws Exception {
    Process supervisor = start("--set", "fake.never-ready=chat");
    await(() -> assertThat(output()).contains("gateway-1   is ready"));
    remember(supervisor);
    assertThat(children).hasSizeGreaterThanOrEqualTo(5);
    signal(supervisor, signal);
    await(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    await(() -> assertThat(supervisor.isAlive()).isFalse());
  }

  @Test
  void storesAreStoppedLast() throws Exception {
    Process supervisor = start("--replicas", "gateway=2");
    await(() -> assertThat(output()).contains("ready: http://localhost:"));
    signal(supervisor, "TERM");
    await(() -> assertThat(supervisor.isAlive()).isFalse());
    List<String> stopped =
        output().lines().filter(line -> line.endsWith(" stopped")).map(SupervisorIT::name).toList();
    assertThat(stopped.subList(0, 2)).containsExactlyInAnyOrder("gateway-1", "gateway-2");
    assertThat(stopped.get(2)).isEqualTo("chat-1");
    assertThat(stopped.subList(3, 5)).containsExactlyInAnyOrder("redis", "mongodb");
  }

  @Test
  void statusTellsEachProcess() throws Exception {
    assertThat(status()).isEqualTo("ChatterBox is not running.\n");
    assertThat(status("--json")).isEqualTo("[]\n");
    start();
    await(() -> assertThat(output()).contains("ready: http://localhost:"));
    List<StatusRow> rows = StatusRow.fromJson(status("--json"));
    assertThat(rows.stream().map(StatusRow::service))
        .containsExactly("redis", "mongodb", "chat", "gateway");
    assertThat(rows).allMatch(row -> row.state().equals("ready") && row.pid().isPresent());
    assertThat(status().lines()).hasSize(4);
  }

  @Test
  void aFailedStartIsOneSentenceAndAnExitCode() throws Exception {
    Process supervisor = start("--set", "fake.dies=gateway");
    await(() -> assertThat(supervisor.isAlive()).isFalse());
    assertThat(supervisor.exitValue()).isEqualTo(1);
    assertThat(output()).contains("chatterbox: gateway-1 ended with code 3 while it started:");
    assertThat(supervisor.descendants()).isEmpty();
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // tests that run in the background ignore Ctrl-C, and what they start does, too
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeMain.class.getName(),
                root.toString(),
                "up",
                "--free-ports"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("output").toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("CHATTERBOX_REDIS_URL", "CHATTERBOX_MONGODB_URI"));
    Process supervisor = builder.start();
    supervisors.add(supervisor);
    return supervisor;
  }

  private void remember(Process supervisor) {
    supervisor.descendants().forEach(children::add);
  }

  private String output() throws IOException {
    return Files.readString(root.resolve("output"));
  }

  private String status(String... options) throws InterruptedException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> arguments = new ArrayList<>(List.of(root.toString(), "status"));
    arguments.addAll(List.of(options));
    new Main(any -> FakeService.kinds(), Map.of(), out, out).run(arguments);
    return said.toString(StandardCharsets.UTF_8);
  }

  private static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  private static String name(String line) {
    return line.split(" +", -1)[1];
  }

  private static void await(ThrowingRunnable claim) {
    Awaitility.await().atMost(PATIENCE).untilAsserted(claim);
  }
}
