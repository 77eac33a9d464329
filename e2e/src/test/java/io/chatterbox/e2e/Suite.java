package io.chatterbox.e2e;

import io.chatterbox.stack.LocalStack;
import io.chatterbox.stack.UpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests a running ChatterBox of two gateways and two of each service on free ports, with
/// stores of its own: `@ExtendWith(Suite.class)` and a parameter of type [Running]. It is started
/// once for all tests, and stopped after the last.
final class Suite implements ParameterResolver {
  private static final List<String> SERVICES = List.of("gateway", "auth", "chat", "presence", "ai");

  /// A running suite.
  static final class Running implements AutoCloseable {
    private final LocalStack stack;

    private Running(LocalStack stack) {
      this.stack = stack;
    }

    /// The addresses that clients connect to.
    List<URI> gateways() {
      return stack.gateways();
    }

    @Override
    public void close() {
      stack.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Running.class);
  }

  @Override
  public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Suite.class))
        .computeIfAbsent(Running.class, wanted -> start(), Running.class);
  }

  private static Running start() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    // a Redis that others use too would mix what they say with what is said here
    environment.remove("CHATTERBOX_REDIS_URL");
    environment.remove("CHATTERBOX_MONGODB_URI");
    Map<String, Integer> two = new HashMap<>();
    SERVICES.forEach(service -> two.put(service, 2));
    try {
      Path data = Files.createDirectories(Path.of("target", "stack"));
      UpOptions options = new UpOptions(data, two, Map.of(), true, true, "");
      return new Running(
          LocalStack.up(Path.of("..").toRealPath(), options, environment, System.out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
