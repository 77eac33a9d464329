package io.chatterbox.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// The page and its charts, made of fixed results.
class ReportTest {
  private static final String MACHINE =
      "\"machine\": {\"processor\": \"A <fast> one\", \"cores\": 2, \"load average before\":"
          + " \"LOAD\"}";
  private static final String LIBRARY =
      """
      {"bench": "socketio", "title": "Beside its peers", "about": "Rooms.", "command": "./chatterbox bench socketio",
       "seconds": 125, MACHINE, "measures": [
         {"name": "room of 1,000 & more", "unit": "CPU-µs", "better": "less", "chart": "CPU time",
          "values": {"ChatterBox": 0.5, "Node": 8.0}},
         {"name": "rooms", "unit": "CPU-µs", "better": "less", "chart": "CPU time",
          "values": {"ChatterBox": 4.0, "Node": 10.0, "raw": 2}},
         {"name": "connects", "unit": "connects/s", "values": {"Node": 12345.678}}]}
      """
          .replace("MACHINE", MACHINE.replace("LOAD", "0.1"));

  /// One that this code does not know.
  private static final String OTHER =
      """
      {"bench": "another", "title": "Another", "about": "New.", "command": "", "seconds": 7, MACHINE, "later": true,
       "measures": [{"name": "a|b", "unit": "s", "chart": "Times, both", "values": {"only": 0}}]}
      """
          .replace("MACHINE", MACHINE.replace("LOAD", "7.5"));

  @TempDir private Path folder;
  private Path results;
  private Path docs;

  @BeforeEach
  void writeResults() throws IOException {
    results = Files.createDirectory(folder.resolve("results"));
    docs = Files.createDirectory(folder.resolve("docs"));
    Files.writeString(results.resolve("a.json"), OTHER);
    Files.writeString(results.resolve("b.json"), LIBRARY);
    Files.writeString(results.resolve("notes.txt"), "no results");
  }

  @Test
  void thePageTellsTheMachineAndAllNumbers() throws IOException {
    Report.write(results, docs);
    String page = Files.readString(docs.resolve("benchmarks.md"));
    assertThat(page)
        .contains("| processor | A &lt;fast&gt; one |")
        .contains("| cores | 2 |")
        .contains("`./chatterbox bench socketio`, 2 min 5 s in all; load average before it 0.1.")
        .contains("`another`, 7 s in all; load average before it 7.5.")
        .contains("| measure | unit | ChatterBox | Node | raw |")
        .contains("| room of 1,000 &amp; more | CPU-µs | 0.50 | 8.00 |  |")
        .contains("| connects | connects/s |  | 12,346 |  |")
        .contains("| a\\|b | s | 0.00 |");
    assertThat(page.indexOf("## Beside its peers")).isLessThan(page.indexOf("## Another"));
    assertThat(page.split("processor", -1)).as("one machine is told once").hasSize(2);
  }

  @Test
  void aMachineStandsBesideEachWhereTheyDiffer() throws IOException {
    Files.writeString(results.resolve("a.json"), OTHER.replace("fast", "slow"));
    Report.write(results, docs);
    assertThat(Files.readString(docs.resolve("benchmarks.md")))
        .contains("A &lt;fast&gt; one")
        .contains("A &lt;slow&gt; one");
  }

  @Test
  void everyPictureThatThePageShowsIsThereAndNoOther() throws IOException {
    Path images = Files.createDirectories(docs.resolve("images/bench"));
    Files.writeString(images.resolve("of-an-earlier-run.svg"), "<svg/>");
    Report.write(results, docs);
    Matcher shown =
        Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)")
            .matcher(Files.readString(docs.resolve("benchmarks.md")));
    List<String> names = new ArrayList<>();
    while (shown.find()) {
      assertThat(docs.resolve(shown.group(1))).isRegularFile();
      names.add(Path.of(shown.group(1)).getFileName().toString());
    }
    assertThat(names).containsExactly("socketio-cpu-time.svg", "another-times-both.svg");
    try (Stream<Path> files = Files.list(images)) {
      assertThat(files).extracting(file -> file.getFileName().toString()).hasSameElementsAs(names);
    }
  }

  @Test
  void aChartIsWellFormedAndTellsItsNumbers() throws Exception {
    Report.write(results, docs);
    Document chart = parse(docs.resolve("images/bench/socketio-cpu-time.svg"));
    Element root = chart.getDocumentElement();
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-labelledby")).isEqualTo("title desc");
    assertThat(texts(chart, "title")).containsExactly("CPU time");
    assertThat(texts(chart, "desc"))
        .containsExactly(
            "CPU-µs, less is better. room of 1,000 & more: ChatterBox 0.50, Node 8.00."
                + " rooms: ChatterBox 4.00, Node 10.0, raw 2.00.");
    assertThat(texts(chart, "text"))
        .containsExactly(
            "CPU time",
            "CPU-µs, less is better",
            "room of 1,000 & more",
            "ChatterBox",
            "0.50",
            "Node",
            "8.00",
            "rooms",
            "ChatterBox",
            "4.00",
            "Node",
            "10.0",
            "raw",
            "2.00");
    assertThat(texts(chart, "style").getFirst()).contains("prefers-color-scheme: dark");
  }

  @Test
  void barsAreAsLongAsTheirNumbers() throws Exception {
    Report.write(results, docs);
    Document chart = parse(docs.resolve("images/bench/socketio-cpu-time.svg"));
    NodeList bars = chart.getElementsByTagName("rect");
    double[] values = {0.5, 8, 4, 10, 2};
    assertThat(bars.getLength()).as("with the background").isEqualTo(1 + values.length);
    double longest = number(bars, 4, "width");
    double height = Double.parseDouble(chart.getDocumentElement().getAttribute("height"));
    double width = Double.parseDouble(chart.getDocumentElement().getAttribute("width"));
    for (int i = 0; i < values.length; i++) {
      assertThat(number(bars, i + 1, "width") / longest).isCloseTo(values[i] / 10, within(0.01));
      assertThat(number(bars, i + 1, "x") + number(bars, i + 1, "width")).isLessThan(width);
      assertThat(number(bars, i + 1, "y") + number(bars, i + 1, "height")).isLessThan(height);
    }
  }

  @Test
  void nothingButZeroIsAChartToo() throws Exception {
    Report.write(results, docs);
    assertThat(texts(parse(docs.resolve("images/bench/another-times-both.svg")), "text"))
        .containsExactly("Times, both", "s", "a|b", "only", "0.00");
  }

  @Test
  void aSecondRunAddsItsSeries() throws IOException {
    Path file = results.resolve("chat.json");
    Recording.Measure rate = new Recording.Measure("pairs", "messages/s", "more", "Rate");
    for (String series : List.of("one", "two")) {
      Recording recording = new Recording("chat", "Messages", "All the way.");
      recording.add(series, rate, series.length() / 9.0);
      recording.add(series, new Recording.Measure("none", "s", null, null), Double.NaN);
      recording.write(file);
    }
    Results read = ResultFiles.read(file);
    assertThat(read.series()).containsExactly("one", "two");
    assertThat(read.measures()).hasSize(1);
    assertThat(read.measures().getFirst().values()).containsValues(0.333, 0.333);
  }

  @Test
  void whatHoldsNoResultsIsNamed() throws IOException {
    Files.writeString(results.resolve("broken.json"), "{\"bench\": 7");
    assertThatThrownBy(() -> Report.write(results, docs)).hasMessageContaining("broken.json");
  }

  private static double number(NodeList elements, int index, String attribute) {
    return Double.parseDouble(((Element) elements.item(index)).getAttribute(attribute));
  }

  private static List<String> texts(Document document, String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  private static Document parse(Path file)
      throws IOException, ParserConfigurationException, SAXException {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(new InputSource(new StringReader(Files.readString(file))));
  }
}
