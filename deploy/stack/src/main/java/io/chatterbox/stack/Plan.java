package io.chatterbox.stack;

import io.chatterbox.stack.stores.MongoStore;
import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.RedisStore;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What has to run for the given options: which processes, where, with which settings.
final class Plan {
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
  private static final int REDIS_PORT = 6379;
  private static final int MONGO_PORT = 27017;

  private final Options options;
  private final Store redis;
  private final Store mongo;
  private final Map<String, List<Integer>> ports = new LinkedHashMap<>();
  private final Map<String, String> secrets;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LOOK_LIMIT)
          .build();

  Plan(Options options, Map<String, String> environment) throws IOException {
    this.options = options;
    this.redis =
        RedisStore.find(environment, options.data().resolve("redis"), storePort(REDIS_PORT), true);
    this.mongo =
        MongoStore.find(environment, options.data().resolve("mongo"), storePort(MONGO_PORT));
    this.secrets = Secrets.in(options.data().resolve("secrets"));
    for (ServiceSpec service : ServiceSpec.ALL) {
      ports.put(
          service.name(),
          IntStream.rangeClosed(1, options.replicasOf(service.name()))
              .mapToObj(replica -> options.freePorts() ? Ports.free() : service.portOf(replica))
              .toList());
    }
  }

  /// The stores that are used, with their names in `status`.
  Map<String, Store> stores() {
    Map<String, Store> stores = new LinkedHashMap<>();
    stores.put("redis", redis);
    stores.put("mongodb", mongo);
    return stores;
  }

  List<ProcessSpec> storeProcesses() {
    List<ProcessSpec> processes = new ArrayList<>();
    stores()
        .forEach((name, store) -> {
          if (store instanceof Store.Local local) {
            processes.add(
                new ProcessSpec(
                    name,
                    0,
                    local.port(),
                    local.command(),
                    Map.of(),
                    log(name),
                    () -> Ports.answers(local.port())));
          }
        });
    return processes;
  }

  List<ProcessSpec> serviceProcesses() {
    List<ProcessSpec> processes = new ArrayList<>();
    for (ServiceSpec service : ServiceSpec.ALL) {
      List<Integer> places = portsOf(service.name());
      for (int i = 0; i < places.size(); i++) {
        processes.add(process(service, i + 1, places.get(i)));
      }
    }
    return processes;
  }

  /// The addresses of the gateways, as people type them.
  List<String> gateways() {
    return portsOf("gateway").stream().map(port -> "http://localhost:" + port).toList();
  }

  private ProcessSpec process(ServiceSpec service, int replica, int port) {
    Path jar =
        options.home().resolve(service.name() + "-service/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new StackException("The " + service.name() + "-service is not built.");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + service.heapMb() + "m",
            "-Xms16m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    Map<String, String> variables = new LinkedHashMap<>(secrets);
    settings(service, replica, port)
        .forEach((key, value) -> {
          if (isSecret(key)) {
            variables.put(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value);
          } else {
            command.add("-D" + key + "=" + value);
          }
        });
    command.addAll(List.of("-jar", jar.toString()));
    return new ProcessSpec(
        service.name(),
        replica,
        port,
        command,
        variables,
        log(service.name() + "-" + replica),
        () -> isReady(port));
  }

  private Map<String, String> settings(ServiceSpec service, int replica, int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("quarkus.redis.hosts", redis.url());
    settings.put("quarkus.mongodb.connection-string", mongo.url());
    settings.put("quarkus.mongodb.database", service.name());
    settings.put("chatterbox.node-name", service.name() + "-" + replica);
    settings.put("chatterbox.advertised-address", "127.0.0.1:" + port);
    for (String name : List.of("auth", "chat", "presence", "ai")) {
      settings.put("chatterbox.services." + name + "-urls", urls(name));
    }
    settings.put(
        "mp.jwt.verify.publickey.location",
        "http://127.0.0.1:" + portsOf("auth").getFirst() + "/.well-known/jwks.json");
    settings.putAll(options.settings());
    return settings;
  }

  private String urls(String service) {
    return portsOf(service).stream()
        .map(port -> "http://127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }

  private List<Integer> portsOf(String service) {
    return Objects.requireNonNull(ports.get(service));
  }

  private boolean isReady(int port) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
              .timeout(LOOK_LIMIT)
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int storePort(int usual) {
    return !options.freePorts() && Ports.isFree(usual) ? usual : Ports.free();
  }

  private Path log(String name) {
    return options.data().resolve("logs").resolve(name + ".log");
  }

  private static boolean isSecret(String key) {
    return key.endsWith("key") || key.endsWith("secret") || key.endsWith("password");
  }
}
