package io.chatterbox.bench.report;

import io.chatterbox.bench.report.Results.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A chart of bars as SVG: a group for each measure, a bar for each series, its number at its end.
/// It brings its own background and colours, for light and dark pages, and tells all of its numbers
/// to whoever does not see it.
final class BarChart {
  private static final int WIDTH = 760;
  private static final int MARGIN = 16;
  private static final int NAMES = 150;
  private static final int NUMBERS = 80;
  private static final int BAR = 16;
  private static final int STEP = 20;
  private static final int GROUP = 26;
  private static final int HEAD = 62;
  private static final int COLOURS = 4;

  /// The first series stands out; the others are told apart by lightness too.
  private static final String STYLE =
      """
      text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #1f2328 }
      .title { font-size: 16px; font-weight: 600 }
      .group { font-weight: 600 }
      .quiet { fill: #59636e }
      .page { fill: #ffffff; stroke: #d1d9e0 }
      .s0 { fill: #0969da } .s1 { fill: #6e7781 } .s2 { fill: #9198a1 } .s3 { fill: #b7bdc4 }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc }
        .quiet { fill: #9198a1 }
        .page { fill: #0d1117; stroke: #3d444d }
        .s0 { fill: #4493f8 } .s1 { fill: #b1bac4 } .s2 { fill: #8b949e } .s3 { fill: #656c76 }
      }
      """;

  private final String title;
  private final List<Measured> groups;
  private final List<String> series;
  private final double highest;
  private final StringBuilder svg = new StringBuilder();

  private BarChart(String title, List<Measured> groups, List<String> series) {
    this.title = title;
    this.groups = groups;
    this.series = series;
    this.highest =
        groups.stream()
            .flatMap(group -> group.values().values().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
  }

  /// @param groups of one unit
  /// @param series all names, so that a series has the same colour in all charts of a page
  static String of(String title, List<Measured> groups, List<String> series) {
    return new BarChart(title, groups, series).draw();
  }

  private String draw() {
    int height = HEAD + MARGIN;
    for (Measured group : groups) {
      height += GROUP + STEP * group.values().size();
    }
    line(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" \
        aria-labelledby="title desc">\
        """
            .formatted(WIDTH, height, WIDTH, height));
    line("<title id=\"title\">" + escaped(title) + "</title>");
    line("<desc id=\"desc\">" + escaped(description()) + "</desc>");
    line("<style>\n" + STYLE + "</style>");
    line(
        "<rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"%s\" height=\"%s\" rx=\"6\"/>"
            .formatted(WIDTH - 1, height - 1));
    text(MARGIN, 28, "title", title);
    text(MARGIN, 48, "quiet", subtitle());
    int y = HEAD;
    for (Measured group : groups) {
      text(MARGIN, y + 16, "group", group.name());
      y += GROUP;
      for (String name : series) {
        Double value = group.values().get(name);
        if (value != null) {
          bar(y, name, value);
          y += STEP;
        }
      }
    }
    line("</svg>");
    return svg.toString();
  }

  private void bar(int y, String name, double value) {
    int left = MARGIN + NAMES;
    double room = WIDTH - left - NUMBERS - MARGIN;
    double width = highest > 0 ? Math.max(1, room * value / highest) : 1;
    line(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"end\" class=\"quiet\">%s</text>"
            .formatted(left - 8, y + 13, escaped(name)));
    line(
        "<rect class=\"s%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\"/>"
            .formatted(series.indexOf(name) % COLOURS, left, y, tenths(width), BAR));
    line(
        "<text x=\"%s\" y=\"%s\">%s</text>"
            .formatted(tenths(left + width + 6), y + 13, number(value)));
  }

  private void text(int x, int y, String style, String words) {
    line("<text x=\"%s\" y=\"%s\" class=\"%s\">%s</text>".formatted(x, y, style, escaped(words)));
  }

  private void line(String line) {
    svg.append(line).append('\n');
  }

  private static String tenths(double pixels) {
    return String.format(Locale.ROOT, "%.1f", pixels);
  }

  /// The unit, and which way is good.
  private String subtitle() {
    Measured first = groups.getFirst();
    return first.better() == null
        ? first.unit()
        : first.unit() + ", " + first.better() + " is better";
  }

  private String description() {
    List<String> sentences = new ArrayList<>();
    sentences.add(subtitle());
    for (Measured group : groups) {
      List<String> values = new ArrayList<>();
      group.values().forEach((name, value) -> values.add(name + " " + number(value)));
      sentences.add(group.name() + ": " + String.join(", ", values));
    }
    return String.join(". ", sentences) + ".";
  }

  /// With about three digits, as people read it.
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
