package io.chatterbox.e2e;

import io.chatterbox.stack.LocalStack;
import io.chatterbox.stack.UpOptions;
import io.chatterbox.stack.demo.DemoProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A running ChatterBox on free ports, with stores of its own.
final class Running implements AutoCloseable {
  private static final List<String> SERVICES = List.of("gateway", "auth", "chat", "presence", "ai");
  private static final int TOKENS_PER_SECOND = 50;
  private static final String STATE = "state.json";

  private final Path data;
  private final LocalStack stack;
  private final List<DemoProvider> providers;
  private final Optional<Proxies> proxies;

  private Running(
      String name,
      Map<String, Integer> replicas,
      Map<String, String> settings,
      List<DemoProvider> providers) {
    this(name, replicas, settings, providers, Optional.empty());
  }

  private Running(
      String name,
      Map<String, Integer> replicas,
      Map<String, String> settings,
      List<DemoProvider> providers,
      Optional<Proxies> proxies) {
    this.data = folder(name);
    this.stack = start(data, replicas, settings);
    this.providers = List.copyOf(providers);
    this.proxies = proxies;
  }

  /// Two of each, without limits, since all tests come from one address; and an assistant's
  /// provider that answers slowly enough to be stopped.
  static Running ofTwo() {
    DemoProvider provider = DemoProvider.start(0, TOKENS_PER_SECOND);
    Map<String, String> settings =
        Map.of(
            "chatterbox.ai.base-url", provider.baseUrl(),
            "chatterbox.limits.enabled", "false",
            "chatterbox.gateway.operators", "olga.ops");
    return new Running("two", ofEach(2), settings, List.of(provider));
  }

  /// Two gateways and two presence-services that a test may kill, with cheap passwords, so that a
  /// crowd signs up in a minute.
  static Running toBeAttacked() {
    Map<String, String> settings =
        Map.of(
            "chatterbox.limits.enabled", "false",
            "chatterbox.auth.password.memory-kib", "64",
            "chatterbox.auth.password.iterations", "1");
    Map<String, Integer> replicas = ofEach(1);
    replicas.put("gateway", 2);
    replicas.put("presence", 2);
    return new Running("attacked", replicas, settings, List.of());
  }

  /// Two gateways that a test may kill, and tokens that have to be renewed every few seconds.
  static Running ofShortTokens() {
    Map<String, String> settings =
        Map.of(
            "chatterbox.limits.enabled", "false",
            "chatterbox.auth.access-token-life", "65s");
    Map<String, Integer> replicas = ofEach(1);
    replicas.put("gateway", 2);
    return new Running("guides", replicas, settings, List.of());
  }

  /// Two gateways and two chat-services, and proxies before their stores that do what attacks ask
  /// for. A socket may have more events waiting than usual.
  static Running behindProxies() throws IOException, InterruptedException {
    String name = "behind-proxies";
    Proxies proxies = Proxies.start(folder(name).resolve(STATE));
    Map<String, String> settings = new HashMap<>(proxies.settings());
    settings.put("chatterbox.limits.enabled", "false");
    settings.put("chatterbox.gateway.routing.pending", "1000");
    Map<String, Integer> replicas = ofEach(1);
    replicas.put("gateway", 2);
    replicas.put("chat", 2);
    try {
      return new Running(name, replicas, settings, List.of(), Optional.of(proxies));
    } catch (RuntimeException e) {
      proxies.close();
      throw e;
    }
  }

  /// Two of each behind proxies, of which the first gateway can be cut off from Redis; with clocks
  /// that can be made to jump, an assistant, and all that the services have to say in their logs.
  static Running ofTwoBehindProxies() throws IOException, InterruptedException {
    String name = "faults";
    DemoProvider provider = DemoProvider.start(0, TOKENS_PER_SECOND);
    Proxies proxies = Proxies.start(folder(name).resolve(STATE));
    Map<String, String> settings = new HashMap<>(proxies.settings());
    settings.put("gateway-1:quarkus.redis.hosts", proxies.apartUrl());
    settings.put(
        "chatterbox.clock.offsets", folder(name).resolve("clocks").toAbsolutePath().toString());
    settings.put("quarkus.log.category.\"io.chatterbox\".level", "DEBUG");
    settings.put("chatterbox.ai.base-url", provider.baseUrl());
    settings.put("chatterbox.limits.enabled", "false");
    settings.put("chatterbox.gateway.routing.pending", "1000");
    settings.put("chatterbox.auth.password.memory-kib", "64");
    settings.put("chatterbox.auth.password.iterations", "1");
    try {
      return new Running(name, ofEach(2), settings, List.of(provider), Optional.of(proxies));
    } catch (RuntimeException e) {
      provider.close();
      proxies.close();
      throw e;
    }
  }

  /// Two gateways and two of each service that uses Redis, which is a cluster. A socket may have
  /// more events waiting than usual.
  static Running onCluster() {
    Map<String, String> settings =
        Map.of(
            "chatterbox.stack.redis", "cluster",
            "chatterbox.limits.enabled", "false",
            "chatterbox.gateway.routing.pending", "1000");
    Map<String, Integer> replicas = ofEach(1);
    replicas.put("gateway", 2);
    replicas.put("chat", 2);
    return new Running("cluster", replicas, settings, List.of());
  }

  /// One of each, without an assistant.
  static Running ofOne() {
    return new Running("one", ofEach(1), Map.of(), List.of());
  }

  /// The addresses that clients connect to.
  List<URI> gateways() {
    return stack.gateways();
  }

  /// The file in which the processes of the suite and their states stand.
  Path stateFile() {
    return data.resolve(STATE);
  }

  /// What the processes of the suite have said so far, by file.
  Map<Path, String> logs() throws IOException {
    Map<Path, String> logs = new HashMap<>();
    try (Stream<Path> files = Files.list(data.resolve("logs"))) {
      for (Path file : files.toList()) {
        logs.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return Map.copyOf(logs);
  }

  /// What node's tests have to be told.
  Map<String, String> environment() {
    String gateways = gateways().stream().map(URI::toString).collect(Collectors.joining(","));
    Map<String, String> environment = new HashMap<>();
    environment.put("CHATTERBOX_GATEWAYS", gateways);
    environment.put("CHATTERBOX_AI", providers.isEmpty() ? "disabled" : "demo");
    environment.put("CHATTERBOX_STATE", stateFile().toAbsolutePath().toString());
    proxies.ifPresent(some -> environment.put("CHATTERBOX_PROXIES", some.control()));
    return Map.copyOf(environment);
  }

  @Override
  public void close() {
    stack.close();
    providers.forEach(DemoProvider::close);
    proxies.ifPresent(Proxies::close);
  }

  private static Path folder(String name) {
    return Path.of("target", "stack-" + name);
  }

  private static Map<String, Integer> ofEach(int count) {
    Map<String, Integer> replicas = new HashMap<>();
    SERVICES.forEach(service -> replicas.put(service, count));
    return replicas;
  }

  private static LocalStack start(
      Path data, Map<String, Integer> replicas, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    // stores that others use too would mix what they say with what is said here
    environment.remove("CHATTERBOX_REDIS_URL");
    environment.remove("CHATTERBOX_MONGODB_URI");
    try {
      Files.createDirectories(data);
      UpOptions options = new UpOptions(data, replicas, settings, true, true, "");
      return LocalStack.up(Path.of("..").toRealPath(), options, environment, System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
