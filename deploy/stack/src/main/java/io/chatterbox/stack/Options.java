package io.chatterbox.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `up` was asked for.
///
/// @param home the folder of the built tree
/// @param data where data, logs and state are kept
/// @param replicas how many of each service; absent: one
/// @param settings handed to every service
/// @param reset whether to forget the data first
/// @param freePorts whether to take any free ports instead of 3000 and up
/// @param demoAi whether to run the demonstration provider and to use it
record Options(
    Path home,
    Path data,
    Map<String, Integer> replicas,
    Map<String, String> settings,
    boolean reset,
    boolean freePorts,
    boolean demoAi) {

  private static final int MOST_REPLICAS = 9;

  Options {
    replicas = Map.copyOf(replicas);
    settings = Map.copyOf(settings);
  }

  int replicasOf(String service) {
    return replicas.getOrDefault(service, 1);
  }

  /// Reads the words after `up`.
  ///
  /// @throws StackException for a word that is not understood
  static Options parse(Path home, String... words) {
    Path data = home.resolve(".chatterbox");
    Map<String, Integer> replicas = new LinkedHashMap<>();
    Map<String, String> settings = new LinkedHashMap<>();
    boolean reset = false;
    boolean freePorts = false;
    boolean demoAi = false;
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      switch (word) {
        case "--replicas" -> replicas.putAll(readReplicas(value(words, ++i, word)));
        case "--set" -> readSetting(value(words, ++i, word), settings);
        case "--no-limits" -> settings.put("chatterbox.limits.enabled", "false");
        case "--reset" -> reset = true;
        case "--free-ports" -> freePorts = true;
        case "--demo-ai" -> demoAi = true;
        case "--data" -> data = Path.of(value(words, ++i, word)).toAbsolutePath();
        default -> throw new StackException("I do not know the option " + word + ".");
      }
    }
    return new Options(home, data, replicas, settings, reset, freePorts, demoAi);
  }

  private static String value(String[] words, int index, String option) {
    if (index >= words.length) {
      throw new StackException(option + " needs a value.");
    }
    return words[index];
  }

  private static Map<String, Integer> readReplicas(String text) {
    Map<String, Integer> replicas = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] sides = part.split("=", -1);
      if (sides.length != 2
          || !ServiceSpec.NAMES.contains(sides[0])
          || !sides[1].matches("[1-9]")) {
        throw new StackException(
            "--replicas takes pairs such as gateway=2,chat=2 of "
                + String.join(", ", ServiceSpec.NAMES)
                + " and 1 to "
                + MOST_REPLICAS
                + ".");
      }
      replicas.put(sides[0], Integer.parseInt(sides[1]));
    }
    return replicas;
  }

  private static void readSetting(String text, Map<String, String> settings) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new StackException("--set takes key=value.");
    }
    settings.put(text.substring(0, equals), text.substring(equals + 1));
  }
}
