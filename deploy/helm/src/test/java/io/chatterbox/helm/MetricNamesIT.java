package io.chatterbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.testkit.DocumentedMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dashboards, alerts and scaling ask for figures that there are.
class MetricNamesIT {
  private static final Pattern NAME = Pattern.compile("\\b(?:chatterbox|mongodb_driver)_[a-z_]+");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alerts.yaml",
        "dashboards/gateways.json",
        "dashboards/services.json",
        "templates/autoscaling.yaml"
      })
  void everyNameIsDocumented(String file) throws IOException {
    Set<String> documented = new TreeSet<>();
    DocumentedMetrics.read().names().forEach(name -> documented.add(name.name()));
    List<String> used = new ArrayList<>();
    Matcher matcher = NAME.matcher(Files.readString(Chart.FOLDER.resolve(file)));
    while (matcher.find()) {
      used.add(matcher.group());
    }
    assertThat(used)
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(
                    documented.contains(name)
                        || documented.contains(name.replaceAll("_(?:bucket|sum|count|max)$", "")))
                .as(name)
                .isTrue());
  }

  @Test
  void everyAlertHasARunbook() throws IOException {
    String runbooks =
        Files.readString(Path.of("../../docs/operations.md")).toLowerCase(Locale.ROOT);
    Matcher matcher = ALERT.matcher(Files.readString(Chart.FOLDER.resolve("alerts.yaml")));
    List<String> alerts = new ArrayList<>();
    while (matcher.find()) {
      alerts.add(matcher.group(1));
    }
    assertThat(alerts)
        .hasSizeGreaterThan(10)
        .allSatisfy(alert ->
            assertThat(runbooks).contains("\n### " + alert.toLowerCase(Locale.ROOT) + "\n"));
  }
}
