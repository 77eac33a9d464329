package io.chatterbox.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// All documents of client authors: `./chatterbox docs` writes them, a test compares them.
final class Documents {
  private static final String VERSION = "0.1.0";
  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new Quoting()).build())
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  /// Older readers take a time without quotes for no string.
  private static final class Quoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1;

    @Override
    public boolean needToQuoteValue(String value) {
      return value.matches("\\d{4}-\\d\\d.*") || super.needToQuoteValue(value);
    }
  }

  private Documents() {}

  /// @param arguments the folder of the repository
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    for (Map.Entry<String, String> file : make(root).entrySet()) {
      Path path = root.resolve(file.getKey());
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
        System.out.println("written: " + file.getKey());
      }
    }
  }

  /// What each file below the folder of the repository has to contain.
  static Map<String, String> make(Path root) throws IOException {
    Comments comments = Comments.read(root);
    Words words = new Words();
    Records records = new Records();
    Map<String, String> files = new LinkedHashMap<>();
    ObjectNode events = new AsyncApi(records, words, comments).document(VERSION);
    files.put("docs/asyncapi.yaml", yaml(events, words));
    ObjectNode calls = new OpenApi(records, words, comments).document(VERSION);
    files.put("docs/openapi.yaml", yaml(calls, words));
    files.put("web/packages/events/index.d.ts", new TypeScript(words, events).source());
    return files;
  }

  private static String yaml(ObjectNode document, Words words) throws JsonProcessingException {
    return "# " + words.text("generated") + "\n" + YAML.writeValueAsString(document);
  }
}
