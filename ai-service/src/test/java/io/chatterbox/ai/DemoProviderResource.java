package io.chatterbox.ai;

import io.chatterbox.stack.demo.DemoProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives a test a provider of its own, in fields of type [DemoProvider].
public final class DemoProviderResource implements QuarkusTestResourceLifecycleManager {
  static final String KEY = "sk-the-operators-key";

  private @Nullable DemoProvider provider;

  @Override
  public Map<String, String> start() {
    DemoProvider started = DemoProvider.start(0, 0);
    provider = started;
    return Map.of(
        "chatterbox.ai.base-url",
        started.baseUrl(),
        "chatterbox.ai.api-key",
        KEY,
        "chatterbox.ai.timeouts.first-part",
        "2s",
        "chatterbox.ai.timeouts.silence",
        "2s",
        "chatterbox.ai.runs.drain",
        "200ms");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(provider, new TestInjector.MatchesType(DemoProvider.class));
  }

  @Override
  public void stop() {
    if (provider != null) {
      provider.close();
    }
  }
}
