package io.chatterbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.RedisProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir Path data;

  @Test
  void everyReplicaRunsAndKnowsAllOthers() throws Exception {
    try (LocalStack stack = up(options(Map.of("gateway", 2, "chat", 2), Map.of("a.b", "c d")))) {
      assertThat(stack.status()).allMatch(row -> row.state().equals("ready"));
      assertThat(stack.status().stream().map(row -> row.service() + row.replica()))
          .containsExactly("redis1", "mongodb1", "chat1", "chat2", "gateway1", "gateway2");
      String chats =
          stack.status().stream()
              .filter(row -> row.service().equals("chat"))
              .map(row -> "http://127.0.0.1:" + row.port())
              .collect(Collectors.joining(","));
      for (URI gateway : stack.gateways()) {
        assertThat(told(gateway, "setting/chatterbox.services.chat-urls")).isEqualTo(chats);
        assertThat(told(gateway, "setting/a.b")).isEqualTo("c d");
        assertThat(told(gateway, "setting/chatterbox.advertised-address"))
            .isEqualTo(gateway.getAuthority());
      }
      assertThat(told(stack.gateways().get(1), "setting/chatterbox.node-name"))
          .isEqualTo("gateway-2");
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("gateway-2", "is ready on port");
  }

  @ParameterizedTest
  @CsvSource({"cluster, 6", "sentinel, 5"})
  void aRedisOfSeveralProcessesIsStartedAndServicesAreToldWhatItIs(String kind, int processes)
      throws Exception {
    assumeTrue(
        RedisProgram.find(System.getenv()).isPresent(),
        "left out: there is no redis-server 7 on the PATH");
    UpOptions options = options(Map.of(), Map.of("chatterbox.stack.redis", kind));
    try (LocalStack stack = up(options)) {
      List<StatusRow> redis =
          stack.status().stream().filter(row -> row.service().equals("redis")).toList();
      assertThat(redis).hasSize(processes).allMatch(row -> row.state().equals("ready"));
      URI gateway = stack.gateways().getFirst();
      assertThat(told(gateway, "setting/quarkus.redis.client-type")).isEqualTo(kind);
      assertThat(told(gateway, "variable/QUARKUS_REDIS_HOSTS"))
          .contains("redis://127.0.0.1:" + redis.getLast().port());
    }
  }

  @Test
  void aRedisThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> up(options(Map.of(), Map.of("chatterbox.stack.redis", "ring"))))
        .isInstanceOf(StartFailure.class)
        .hasMessage("--redis wants one, cluster or sentinel, not 'ring'.");
    UpOptions cluster = options(Map.of(), Map.of("chatterbox.stack.redis", "cluster"));
    assertThatThrownBy(() ->
            LocalStack.up(FakeService.kinds(), cluster, Map.of("PATH", "/nowhere"), journal()))
        .isInstanceOf(StartFailure.class)
        .hasMessage("--redis cluster needs a redis-server 7 or newer on the PATH.");
  }

  @Test
  void nothingIsLeftAfterwards() throws Exception {
    Set<Long> pids;
    try (LocalStack stack = up(options())) {
      pids = pids(stack);
      assertThat(pids).hasSize(4);
    }
    assertThat(pids).noneMatch(StackIT::isAlive);
    assertThat(OnlyOne.runs(new Folders(data))).isFalse();
  }

  @Test
  void whatDiesIsStartedAgain() throws Exception {
    try (LocalStack stack = up(options())) {
      Set<Long> before = pids(stack);
      for (long pid : before) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(stack.status()).allMatch(row -> row.state().equals("ready"));
            assertThat(pids(stack)).hasSize(4).doesNotContainAnyElementsOf(before);
          });
      assertThat(said.toString(StandardCharsets.UTF_8))
          .contains("ended with code 137, starts again in 0.5 s");
    }
  }

  @Test
  void oneThatDiesAtStartIsToldInASentenceAndStopsAll() {
    UpOptions options = options(Map.of(), Map.of("fake.dies", "chat"));
    assertThatThrownBy(() -> up(options))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("chat-1 ended with code 3 while it started:")
        .hasMessageContaining("the moon is full")
        .hasMessageContaining("chat-1.log");
    assertThat(OnlyOne.runs(new Folders(data))).isFalse();
    assertThat(descendants()).isEmpty();
  }

  @Test
  void aPortInUseIsNamedWithItsHolder() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = holder.getLocalPort();
      List<ServiceKind> kinds =
          FakeService.kinds().stream()
              .map(kind ->
                  new ServiceKind(
                      kind.name(),
                      kind.edge() ? port : Ports.free(),
                      kind.database(),
                      kind.edge(),
                      kind.jvm(),
                      kind.program(),
                      kind.secrets()))
              .toList();
      UpOptions fixed = new UpOptions(data, Map.of(), Map.of(), false, false, "");
      assertThatThrownBy(() -> up(kinds, fixed))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "gateway needs port %d, which is in use by process %d.",
              port, ProcessHandle.current().pid());
    }
  }

  @Test
  void twoRunSideBySideButOnlyOneInAFolder(@TempDir Path elsewhere) throws Exception {
    UpOptions other = new UpOptions(elsewhere, Map.of(), Map.of(), false, true, "");
    try (LocalStack one = up(options());
        LocalStack two = up(other)) {
      assertThat(one.gateways()).doesNotContainAnyElementsOf(two.gateways());
      assertThatThrownBy(() -> up(options()))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("already running");
    }
  }

  @Test
  void dataIsKeptUntilItIsReset() throws Exception {
    try (LocalStack stack = up(options())) {
      assertThat(redis(stack, "SET kept yes")).isEqualTo("+OK");
    }
    String secrets = Files.readString(data.resolve("secrets.properties"));
    try (LocalStack stack = up(options())) {
      assertThat(redis(stack, "EXISTS kept")).isEqualTo(":1");
    }
    assertThat(data.resolve("secrets.properties")).hasContent(secrets);
    try (LocalStack stack = up(new UpOptions(data, Map.of(), Map.of(), true, true, ""))) {
      assertThat(redis(stack, "EXISTS kept")).isEqualTo(":0");
    }
    assertThat(Files.readString(data.resolve("secrets.properties"))).isNotEqualTo(secrets);
  }

  @Test
  void secretsAreNeitherOnCommandLinesNorForOthersToRead() throws Exception {
    try (LocalStack stack = up(options())) {
      StatusRow chat =
          stack.status().stream().filter(row -> row.service().equals("chat")).findFirst().get();
      URI address = URI.create("http://127.0.0.1:" + chat.port());
      String secret = told(address, "variable/FAKE_SECRET");
      assertThat(secret).hasSizeGreaterThan(40);
      assertThat(told(stack.gateways().getFirst(), "variable/FAKE_SECRET")).isEmpty();
      assertThat(
              Files.readString(Path.of("/proc/" + chat.pid().getAsLong() + "/cmdline"))
                  .contains(secret))
          .isFalse();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("secrets.properties"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theDemonstrationOfAnAssistantSaysWhatItIsAndEndsWithTheStack() throws Exception {
    UpOptions demo = UpOptions.parse(List.of("--demo-ai", "--free-ports"), data);
    URI provider;
    try (LocalStack stack = up(demo)) {
      URI gateway = stack.gateways().getFirst();
      provider = URI.create(told(gateway, "setting/chatterbox.ai.base-url"));
      assertThat(told(gateway, "setting/chatterbox.ai.provider-name")).isEqualTo("demonstration");
      assertThat(told(provider, "v1/models")).contains("\"demo\"");
    }
    int port = provider.getPort();
    await().until(() -> !Ports.answers(port));
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("is a demonstration, not a language model, at " + provider);
  }

  @Test
  void theDemonstrationOfAnAssistantIsNotMixedWithAnother() {
    List<String> both = List.of("--demo-ai", "--set", "chatterbox.ai.base-url=http://localhost:1");
    assertThatThrownBy(() -> up(UpOptions.parse(both, data)))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("Either --demo-ai or");
    assertThat(OnlyOne.runs(new Folders(data))).isFalse();
  }

  @Test
  void anUnknownServiceIsRefused() {
    assertThatThrownBy(() -> up(options(Map.of("gatway", 2), Map.of())))
        .isInstanceOf(StartFailure.class)
        .hasMessage("There is no service gatway; there are gateway, chat.");
  }

  @Test
  void aSettingForAReplicaThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> up(options(Map.of(), Map.of("chat-2:a.b", "c"))))
        .isInstanceOf(StartFailure.class)
        .hasMessage("A setting is for chat-2, and there is no such.");
  }

  @Test
  void aStoreOfTheEnvironmentThatIsAwayIsTold() {
    Map<String, String> environment = Map.of("CHATTERBOX_REDIS_URL", "redis://127.0.0.1:1");
    assertThatThrownBy(() -> LocalStack.up(FakeService.kinds(), options(), environment, journal()))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("redis does not answer at 127.0.0.1:1");
  }

  private UpOptions options() {
    return options(Map.of(), Map.of());
  }

  private UpOptions options(Map<String, Integer> replicas, Map<String, String> settings) {
    return new UpOptions(data, replicas, settings, false, true, "");
  }

  private LocalStack up(UpOptions options) throws InterruptedException {
    return up(FakeService.kinds(), options);
  }

  private LocalStack up(List<ServiceKind> kinds, UpOptions options) throws InterruptedException {
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
    return LocalStack.up(kinds, options, environment, journal());
  }

  private Journal journal() {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new Journal(out, InstantSource.system(), false);
  }

  private static Set<Long> pids(LocalStack stack) {
    return stack.status().stream()
        .flatMap(row -> row.pid().stream().boxed())
        .collect(Collectors.toSet());
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static List<ProcessHandle> descendants() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
  }

  private static String told(URI service, String what) throws IOException {
    try (var in = service.resolve("/" + what).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String redis(LocalStack stack, String command) throws IOException {
    int port = stack.status().getFirst().port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new java.io.BufferedReader(
              new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
