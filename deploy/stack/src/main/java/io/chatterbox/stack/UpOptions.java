package io.chatterbox.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What to start, and how.
///
/// @param data folder of the stores' data, logs, secrets and state
/// @param replicas how many of each service; one where nothing is said
/// @param settings handed to every service; one whose name begins with `chat:` or `chat-2:` to that
///   service or that replica alone
/// @param reset whether the data of earlier runs is forgotten first
/// @param freePorts whether any free ports are used instead of the well-known ones
/// @param databasePrefix put before the names of databases, so that one MongoDB can serve more than
///   one stack
public record UpOptions(
    Path data,
    Map<String, Integer> replicas,
    Map<String, String> settings,
    boolean reset,
    boolean freePorts,
    String databasePrefix) {
  private static final int MOST_REPLICAS = 9;
  private static final char WHOSE = ':';
  private static final String REDIS = "chatterbox.stack.redis";
  private static final String DEMO_ASSISTANT = "chatterbox.stack.demo-ai";

  public UpOptions {
    replicas = Map.copyOf(replicas);
    settings = Map.copyOf(settings);
    replicas.forEach(UpOptions::checkReplicas);
  }

  /// Reads the arguments of `up`.
  ///
  /// @throws StartFailure for an argument that is not known, or not complete
  static UpOptions parse(List<String> arguments, Path data) {
    Map<String, Integer> replicas = new LinkedHashMap<>();
    Map<String, String> settings = new LinkedHashMap<>();
    Path folder = data;
    String prefix = "";
    boolean reset = false;
    boolean free = false;
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      switch (name) {
        case "--reset" -> reset = true;
        case "--no-limits" -> settings.put("chatterbox.limits.enabled", "false");
        case "--operators" -> settings.put("chatterbox.gateway.operators", value(arguments, ++i));
        case "--demo-ai" -> settings.put(DEMO_ASSISTANT, "true");
        case "--redis" -> settings.put(REDIS, value(arguments, ++i));
        case "--replicas" -> readReplicas(value(arguments, ++i), replicas);
        case "--set" -> readSetting(value(arguments, ++i), settings);
        case "--data" -> folder = Path.of(value(arguments, ++i));
        case "--database-prefix" -> prefix = value(arguments, ++i);
        case "--free-ports" -> free = true;
        default -> throw new StartFailure("up does not know " + name + "; see ./chatterbox help.");
      }
    }
    return new UpOptions(folder, replicas, settings, reset, free, prefix);
  }

  /// Whether the demonstration of an assistant's provider is wanted.
  boolean wantsDemoAssistant() {
    return Boolean.parseBoolean(settings.get(DEMO_ASSISTANT));
  }

  /// How many processes Redis is, and which: `one`, `cluster` or `sentinel`.
  String redis() {
    return settings.getOrDefault(REDIS, "one");
  }

  int replicasOf(String service) {
    return replicas.getOrDefault(service, 1);
  }

  /// What a replica is told: what is for all, then what is for its service, then what is its own.
  Map<String, String> settingsOf(String service, int replica) {
    Map<String, String> found = new HashMap<>();
    for (String whose : List.of("", service, service + "-" + replica)) {
      settings.forEach((name, value) -> {
        if (whose(name).equals(whose)) {
          found.put(name.substring(name.indexOf(WHOSE) + 1), value);
        }
      });
    }
    return Map.copyOf(found);
  }

  /// The services and replicas that settings are for.
  Set<String> named() {
    return settings.keySet().stream()
        .map(UpOptions::whose)
        .filter(whose -> !whose.isEmpty())
        .collect(Collectors.toSet());
  }

  private static String whose(String name) {
    return name.substring(0, Math.max(0, name.indexOf(WHOSE)));
  }

  private static String value(List<String> arguments, int index) {
    if (index >= arguments.size()) {
      throw new StartFailure(arguments.get(index - 1) + " needs a value; see ./chatterbox help.");
    }
    return arguments.get(index);
  }

  private static void readReplicas(String list, Map<String, Integer> replicas) {
    for (String each : list.split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 1 || !each.substring(equals + 1).matches("[0-9]{1,3}")) {
        throw new StartFailure("--replicas wants service=number, not '" + each + "'.");
      }
      replicas.put(each.substring(0, equals), Integer.valueOf(each.substring(equals + 1)));
    }
  }

  private static void readSetting(String pair, Map<String, String> settings) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw new StartFailure("--set wants key=value, not '" + pair + "'.");
    }
    settings.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private static void checkReplicas(String service, int count) {
    if (count < 1 || count > MOST_REPLICAS) {
      throw new StartFailure(
          "%s can have 1 to %d replicas, not %d.".formatted(service, MOST_REPLICAS, count));
    }
  }
}
