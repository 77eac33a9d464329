package io.chatterbox.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests a running ChatterBox of two gateways and two of each service, with an assistant:
/// `@ExtendWith(Suite.class)` and a parameter of type [Running]. It is started once for all tests,
/// and stopped after the last.
final class Suite implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Running.class);
  }

  @Override
  public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Suite.class))
        .computeIfAbsent(Running.class, wanted -> Running.ofTwo(), Running.class);
  }
}
