package io.chatterbox.stack;

import io.chatterbox.stack.Blueprint.ExternalStore;
import io.chatterbox.stack.stores.MongoStore;
import io.chatterbox.stack.stores.Ports;
import io.chatterbox.stack.stores.RedisCluster;
import io.chatterbox.stack.stores.RedisProgram;
import io.chatterbox.stack.stores.RedisSentinels;
import io.chatterbox.stack.stores.RedisStore;
import io.chatterbox.stack.stores.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws the blueprint: which program listens where, and with which settings.
final class Drawing {
  private static final int REDIS_PORT = 6379;
  private static final int MONGO_PORT = 27017;
  private static final int NEXT_REPLICA = 10;

  private final List<ServiceKind> kinds;
  private final UpOptions options;
  private final Folders folders;
  private final Map<String, String> environment;
  private final Journal journal;
  private final Set<Integer> taken = new HashSet<>();

  /// @param environment variables of this process
  Drawing(
      List<ServiceKind> kinds,
      UpOptions options,
      Map<String, String> environment,
      Journal journal) {
    this.kinds = List.copyOf(kinds);
    this.options = options;
    this.folders = new Folders(options.data());
    this.environment = Map.copyOf(environment);
    this.journal = journal;
  }

  Blueprint draw() {
    checkNames();
    Map<String, List<Integer>> ports = new HashMap<>();
    kinds.forEach(kind -> ports.put(kind.name(), portsOf(kind)));
    Store redis = redis();
    Store mongo = mongo();
    journal.say("redis", "is " + redis.description());
    journal.say("mongodb", "is " + mongo.description());

    Map<String, String> shared = new HashMap<>();
    shared.put("QUARKUS_REDIS_HOSTS", redis.url());
    shared.put("QUARKUS_MONGODB_CONNECTION_STRING", mongo.url());
    Secrets secrets =
        Secrets.of(
            folders.secrets(), kinds.stream().flatMap(kind -> kind.secrets().stream()).toList());
    List<Program> services = new ArrayList<>();
    List<Program> edges = new ArrayList<>();
    for (ServiceKind kind : kinds) {
      Map<String, String> variables = new HashMap<>(shared);
      variables.putAll(secrets.environment(kind.secrets()));
      List<Integer> own = ports.getOrDefault(kind.name(), List.of());
      for (int i = 0; i < own.size(); i++) {
        Program program =
            new Program(
                kind.name(),
                i + 1,
                own.get(i),
                command(kind, i + 1, own.get(i), ports, told(redis)),
                variables,
                Readiness.HEALTHY);
        (kind.edge() ? edges : services).add(program);
      }
    }
    return new Blueprint(
        Stream.concat(external("redis", redis), external("mongodb", mongo)).toList(),
        Stream.concat(
                local("redis", redis, Readiness.PONG), local("mongodb", mongo, Readiness.ACCEPTS))
            .toList(),
        services,
        edges);
  }

  private List<String> command(
      ServiceKind kind,
      int replica,
      int port,
      Map<String, List<Integer>> ports,
      Map<String, String> ofRedis) {
    Map<String, String> settings = new HashMap<>(ofRedis);
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.http.port", Integer.toString(port));
    // every service is told of all others, also of those that it has no setting for
    settings.put("smallrye.config.mapping.validate-unknown", "false");
    // people read it
    settings.put("quarkus.log.console.json.enabled", "false");
    settings.put("chatterbox.node-name", kind.name() + "-" + replica);
    settings.put("chatterbox.advertised-address", "127.0.0.1:" + port);
    ports.forEach(
        (name, all) -> settings.put("chatterbox.services." + name + "-urls", addresses(all)));
    // services read the keys of tokens from auth-service's first replica, and from the others when
    // that is away; itself and gateways, which pass such calls on, read them from themselves
    ports.getOrDefault("auth", List.of()).stream()
        .findFirst()
        .filter(any -> !kind.name().equals("auth") && !kind.edge())
        .ifPresent(first ->
            settings.put(
                "mp.jwt.verify.publickey.location",
                addresses(List.of(first)) + "/.well-known/jwks.json"));
    if (kind.name().equals("auth")) {
      // letters stand in the log instead
      settings.put("quarkus.mailer.mock", "true");
    }
    if (!kind.database().isEmpty()) {
      settings.put("quarkus.mongodb.database", options.databasePrefix() + kind.database());
    }
    settings.putAll(options.settingsOf(kind.name(), replica));

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(kind.jvm());
    settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(setting -> command.add("-D" + setting.getKey() + "=" + setting.getValue()));
    command.addAll(kind.program());
    return command;
  }

  private static String addresses(List<Integer> ports) {
    return ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  private List<Integer> portsOf(ServiceKind kind) {
    return IntStream.range(0, options.replicasOf(kind.name()))
        .mapToObj(i -> options.freePorts() ? freePort() : kind.port() + NEXT_REPLICA * i)
        .peek(port -> checkFree(kind.name(), port))
        .toList();
  }

  private Store redis() {
    try {
      return switch (options.redis()) {
        case "one" -> RedisStore.find(environment, folders.redis(), storePort(REDIS_PORT), true);
        case "cluster" -> RedisCluster.prepare(redisProgram(), folders.redis(), this::freePort);
        case "sentinel" -> RedisSentinels.prepare(redisProgram(), folders.redis(), this::freePort);
        default ->
            throw new StartFailure(
                "--redis wants one, cluster or sentinel, not '" + options.redis() + "'.");
      };
    } catch (StartFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new StartFailure(
          "No Redis: install redis-server or set %s; the embedded one does not run here (%s)."
              .formatted(RedisStore.URL_VARIABLE, e.getMessage()));
    }
  }

  private Path redisProgram() {
    return RedisProgram.find(environment)
        .orElseThrow(() ->
            new StartFailure(
                "--redis %s needs a redis-server 7 or newer on the PATH."
                    .formatted(options.redis())));
  }

  private static Map<String, String> told(Store store) {
    return store instanceof Store.Several several ? several.settings() : Map.of();
  }

  private Store mongo() {
    try {
      return MongoStore.find(environment, folders.mongo(), storePort(MONGO_PORT));
    } catch (IOException e) {
      throw new StartFailure(
          "No MongoDB: its folder cannot be made (%s).".formatted(e.getMessage()));
    }
  }

  private int storePort(int usual) {
    return !options.freePorts() && Ports.isFree(usual) ? usual : freePort();
  }

  private int freePort() {
    int port = Ports.free();
    while (!taken.add(port)) {
      port = Ports.free();
    }
    return port;
  }

  private static void checkFree(String service, int port) {
    if (!Ports.isFree(port)) {
      throw new StartFailure(
          "%s needs port %d, which is in use%s."
              .formatted(
                  service,
                  port,
                  PortHolder.of(port).stream()
                      .mapToObj(pid -> " by process " + pid)
                      .findFirst()
                      .orElse("")));
    }
  }

  private void checkNames() {
    Set<String> known = kinds.stream().map(ServiceKind::name).collect(Collectors.toSet());
    for (String name : options.replicas().keySet()) {
      if (!known.contains(name)) {
        throw new StartFailure(
            "There is no service %s; there are %s."
                .formatted(
                    name, kinds.stream().map(ServiceKind::name).collect(Collectors.joining(", "))));
      }
    }
    for (String name : options.named()) {
      if (kinds.stream().noneMatch(kind -> isOf(kind, name))) {
        throw new StartFailure("A setting is for %s, and there is no such.".formatted(name));
      }
    }
  }

  /// Whether that is the service, or one of its replicas.
  private boolean isOf(ServiceKind kind, String name) {
    return name.equals(kind.name())
        || IntStream.rangeClosed(1, options.replicasOf(kind.name()))
            .anyMatch(replica -> name.equals(kind.name() + "-" + replica));
  }

  private static Stream<Program> local(String service, Store store, Readiness readiness) {
    return switch (store) {
      case Store.External _ -> Stream.empty();
      case Store.Local local ->
          Stream.of(new Program(service, 1, local.port(), local.command(), Map.of(), readiness));
      case Store.Several several ->
          IntStream.range(0, several.members().size())
              .mapToObj(i -> {
                Store.Local member = several.members().get(i);
                return new Program(
                    service, i + 1, member.port(), member.command(), Map.of(), readiness);
              });
    };
  }

  private static Stream<ExternalStore> external(String service, Store store) {
    return switch (store) {
      case Store.External external -> Stream.of(external(service, external.url()));
      case Store.Local _, Store.Several _ -> Stream.empty();
    };
  }

  private static ExternalStore external(String service, String url) {
    try {
      URI address = URI.create(url);
      boolean isOne = address.getHost() != null && address.getPort() > 0;
      return isOne
          ? new ExternalStore(service, address.getHost(), address.getPort())
          : new ExternalStore(service, "", 0);
    } catch (IllegalArgumentException e) {
      return new ExternalStore(service, "", 0);
    }
  }
}
