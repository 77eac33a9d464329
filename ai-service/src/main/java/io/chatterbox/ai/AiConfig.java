package io.chatterbox.ai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Settings of the assistant.
@ConfigMapping(prefix = "chatterbox.ai")
public interface AiConfig {

  /// Where an OpenAI-compatible API is, such as `http://localhost:11434/v1`. Without it the
  /// assistant is disabled.
  Optional<URI> baseUrl();

  /// The provider's key, sent as a bearer token. Providers of one's own often need none.
  Optional<String> apiKey();

  /// What people are told about who answers.
  @WithDefault("openai-compatible")
  String providerName();

  /// The model to be asked.
  @WithDefault("demo")
  String model();

  /// How inventive the model shall be; not sent unless set.
  OptionalDouble temperature();

  /// How many tokens an answer may have.
  @WithDefault("1024")
  int maxTokens();

  /// The name under which the provider takes that number; some models want `max_completion_tokens`.
  @WithDefault("max_tokens")
  String maxTokensField();

  /// Whether to ask for the usage at the end of the stream. For providers that refuse
  /// `stream_options`.
  @WithDefault("true")
  boolean askForUsage();

  /// The only text that the model gets as `system`.
  @WithDefault(
      "You are a helpful assistant in a chat among people. Answer in plain text, in the language of"
          + " the last message, and briefly unless asked for more.")
  String systemPrompt();

  /// How many tokens of the conversation the model is shown, by a rough estimate. What is older is
  /// left out; the question itself never is.
  @WithDefault("3000")
  int contextTokens();

  /// How many characters of an answer are taken; a provider that goes on is hung up on.
  @WithDefault("64000")
  int answerLength();

  /// Parts of an answer go out no faster than this.
  @WithDefault("40ms")
  Duration rollUp();

  /// How long the provider may take, and for what.
  Timeouts timeouts();

  /// The bounds of runs.
  Runs runs();

  /// What may neither be asked nor answered.
  Moderation moderation();

  /// Tokens that a user may use on one day (UTC); unlimited unless set.
  OptionalLong dailyTokens();

  /// How long the provider may take.
  interface Timeouts {

    /// Until it is connected.
    @WithDefault("5s")
    Duration connect();

    /// Until the first part of the answer; a model may have to be loaded.
    @WithDefault("60s")
    Duration firstPart();

    /// Between one part and the next.
    @WithDefault("20s")
    Duration silence();

    /// For the whole answer.
    @WithDefault("5m")
    Duration whole();
  }

  /// The bounds of runs.
  interface Runs {

    /// Runs that one replica answers at a time.
    @WithDefault("256")
    int most();

    /// Runs of one replica that may wait for their turn; more are refused.
    @WithDefault("128")
    int queue();

    /// How long a run may wait for its turn before it is given up.
    @WithDefault("30s")
    Duration turn();

    /// Runs of one user at a time, in different conversations; more are refused.
    @WithDefault("3")
    int perUser();

    /// How often a replica says that its runs are alive, and looks for those that nobody says it
    /// of.
    @WithDefault("1s")
    Duration beat();

    /// A run that was not said to be alive for so long is taken over and ended.
    @WithDefault("3s")
    Duration lostAfter();

    /// How long runs may go on when the replica is told to stop.
    @WithDefault("5s")
    Duration drain();
  }

  /// What may neither be asked nor answered, without regard to case. A question that holds it is
  /// refused; a message that does is left out of what the model is shown; an answer is ended before
  /// it is told.
  interface Moderation {

    /// Whole words, or several words as they stand, separated by commas.
    Optional<List<String>> words();

    /// Regular expressions, found anywhere; `patterns[0]`, `patterns[1]` … where one has a comma.
    Optional<List<String>> patterns();
  }
}
