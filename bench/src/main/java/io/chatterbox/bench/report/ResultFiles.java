package io.chatterbox.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Files of results.
final class ResultFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final TypeReference<Map<String, String>> NAMES = new TypeReference<>() {};

  /// What comes first in the report; what is not named comes behind, by name.
  private static final List<String> ORDER = List.of("socketio", "plain", "chat", "presence", "ai");

  private ResultFiles() {}

  static Results read(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), Results.class);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException(file.getFileName() + " holds no results: " + e.getOriginalMessage(), e);
    }
  }

  static void write(Path file, Results results) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(results) + "\n");
  }

  static Map<String, String> machine(String json) throws IOException {
    return JSON.readValue(json, NAMES);
  }

  /// All results in a folder, in the order of the report.
  static List<Results> all(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> file.toString().endsWith(".json")).toList();
    }
    List<Results> all = new ArrayList<>();
    for (Path file : files) {
      all.add(read(file));
    }
    all.sort(Comparator.comparingInt(ResultFiles::place).thenComparing(Results::bench));
    return all;
  }

  private static int place(Results results) {
    int place = ORDER.indexOf(results.bench());
    return place < 0 ? ORDER.size() : place;
  }
}
