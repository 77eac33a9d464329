package io.chatterbox.ai;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/// Settings for tests that start nothing.
public final class Settings {
  private static final int ORDINAL = 100;

  private Settings() {}

  /// The usual ones but for these, named without their prefix.
  public static AiConfig with(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put("chatterbox.ai." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(AiConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", ORDINAL))
        .build()
        .getConfigMapping(AiConfig.class);
  }
}
