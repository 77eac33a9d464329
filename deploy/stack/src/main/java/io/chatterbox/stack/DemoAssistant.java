package io.chatterbox.stack;

import io.chatterbox.stack.demo.DemoProvider;
import io.chatterbox.stack.stores.Ports;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The demonstration of an assistant's provider beside a stack, for people who have none of their
/// own yet; where it is not wanted, nothing.
final class DemoAssistant implements AutoCloseable {
  private static final String BASE_URL = "chatterbox.ai.base-url";
  private static final int PORT = 3900;

  private final Optional<DemoProvider> provider;

  private DemoAssistant(Optional<DemoProvider> provider) {
    this.provider = provider;
  }

  /// Starts it if it is wanted.
  ///
  /// @throws StartFailure when a provider is configured besides
  static DemoAssistant of(UpOptions options, Journal journal) {
    if (!options.wantsDemoAssistant()) {
      return new DemoAssistant(Optional.empty());
    }
    if (options.settings().containsKey(BASE_URL)) {
      throw new StartFailure("Either --demo-ai or --set " + BASE_URL + ", not both.");
    }
    boolean usual = !options.freePorts() && Ports.isFree(PORT);
    DemoProvider started = DemoProvider.start(usual ? PORT : 0);
    journal.say("assistant", "is a demonstration, not a language model, at " + started.baseUrl());
    return new DemoAssistant(Optional.of(started));
  }

  /// Settings with which services find it.
  UpOptions tell(UpOptions options) {
    return provider.map(started -> told(options, started.baseUrl())).orElse(options);
  }

  private static UpOptions told(UpOptions options, String url) {
    Map<String, String> settings = new HashMap<>(options.settings());
    settings.put(BASE_URL, url);
    settings.putIfAbsent("chatterbox.ai.provider-name", "demonstration");
    return new UpOptions(
        options.data(),
        options.replicas(),
        settings,
        options.reset(),
        options.freePorts(),
        options.databasePrefix());
  }

  @Override
  public void close() {
    provider.ifPresent(DemoProvider::close);
  }
}
