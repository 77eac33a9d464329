package io.chatterbox.stack.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How one question is answered. Words like `demo:stall` in it ask for misbehaviour:
///
/// | word | what happens |
/// |---|---|
/// | `demo:tokens=N` | the answer has N tokens |
/// | `demo:pace=N` | N tokens a second; 0: as fast as can be |
/// | `demo:after=N` | what goes wrong does so after N tokens |
/// | `demo:silent` | nothing is answered at all, not even a header |
/// | `demo:stall` | the stream stays open and nothing more comes |
/// | `demo:cut` | the connection is reset |
/// | `demo:end` | the stream ends without saying that it is finished |
/// | `demo:no-done` | the stream ends after `finish_reason`, without `[DONE]` |
/// | `demo:no-usage` | the usage is not told |
/// | `demo:malformed` | a chunk that is no JSON |
/// | `demo:bad-utf8` | a chunk that is no UTF-8 |
/// | `demo:error` | a chunk that says `error` |
/// | `demo:html` | a page instead of a stream |
/// | `demo:status=N` | this HTTP status, with a text that must not be shown to anybody |
/// | `demo:emoji` | tokens that end between the halves of a surrogate pair |
///
/// @param words what was asked for, by name
/// @param tokens what the answer consists of
record DemoScript(Map<String, Integer> words, List<String> tokens) {
  private static final Pattern WORD =
      Pattern.compile("demo:([a-z0-9]+(?:-[a-z0-9]+)*)(?:=([0-9]{1,7}))?");
  private static final int LONG = 600;
  private static final int QUOTED = 120;

  DemoScript {
    words = Map.copyOf(words);
    tokens = List.copyOf(tokens);
  }

  static DemoScript of(String question) {
    Map<String, Integer> words = new TreeMap<>();
    Matcher found = WORD.matcher(question);
    while (found.find()) {
      words.put(found.group(1), found.group(2) == null ? 1 : Integer.parseInt(found.group(2)));
    }
    return new DemoScript(words, tokens(question, words));
  }

  boolean asks(String word) {
    return words.containsKey(word);
  }

  int number(String word, int otherwise) {
    return words.getOrDefault(word, otherwise);
  }

  private static List<String> tokens(String question, Map<String, Integer> words) {
    if (words.containsKey("emoji")) {
      return List.of("Hello ", "\ud83d", "\ude00", " and ", "\ud83d", "\ude80", " again", ".");
    }
    List<String> answer = new ArrayList<>(split(greeting(question)));
    String lower = question.toLowerCase(Locale.ROOT);
    int most =
        words.getOrDefault(
            "tokens", lower.contains("long") || lower.contains("story") ? LONG : answer.size());
    List<String> more = split(" Once upon a time a token followed another token.");
    for (int i = 0; answer.size() < most; i++) {
      answer.add(more.get(i % more.size()));
    }
    return answer.subList(0, most);
  }

  private static String greeting(String question) {
    int end =
        question.offsetByCodePoints(
            0, Math.min(QUOTED, question.codePointCount(0, question.length())));
    return "This is ChatterBox's demonstration provider. It is not a language model: it needs no key "
        + "and knows nothing, but it streams as a real one does, token by token, and you may stop it "
        + "at any time. You wrote: “"
        + question.substring(0, end)
        + (end < question.length() ? "…" : "")
        + "”. Configure a provider of your own to get a real answer.";
  }

  private static List<String> split(String text) {
    return List.of(text.split("(?= )"));
  }
}
