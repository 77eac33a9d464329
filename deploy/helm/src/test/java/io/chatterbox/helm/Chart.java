package io.chatterbox.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// The chart, rendered as `helm template talk . --namespace chat --dry-run=server` does it, beside
/// an API server that holds what it was given.
final class Chart implements AutoCloseable {
  static final Path FOLDER = Path.of("chatterbox").toAbsolutePath();
  static final String NAMESPACE = "chat";
  static final String RELEASE = "talk";
  static final List<String> SERVICES = List.of("gateway", "auth", "chat", "presence", "ai");

  /// Values to render with.
  enum Values {
    DEFAULT,
    MINIMAL,
    FULL
  }

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  Chart() {
    Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            answers,
            new KubernetesMixedDispatcher(answers),
            false);
    server.expectCustomResource(
        new CustomResourceDefinitionContext.Builder()
            .withGroup("keda.sh")
            .withVersion("v1alpha1")
            .withKind("ScaledObject")
            .withPlural("scaledobjects")
            .withScope("Namespaced")
            .build());
    server.init();
    client = server.createClient();
    tellOfSecrets();
    tellHelm(client.getConfiguration());
  }

  /// What the server holds.
  KubernetesClient client() {
    return client;
  }

  Rendered render(Values values) {
    return render(values, Map.of());
  }

  /// @param sets more values, as `--set` takes them
  Rendered render(Values values, Map<String, String> sets) {
    TemplateCommand command =
        new Helm(FOLDER)
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion("1.33.0");
    switch (values) {
      case DEFAULT -> {}
      case MINIMAL -> command.withValuesFile(FOLDER.resolve("ci/minimal-values.yaml"));
      case FULL -> command.withValuesFile(FOLDER.resolve("ci/full-values.yaml"));
    }
    sets.forEach(command::set);
    return Rendered.of(command.call());
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  /// Helm asks for the kinds there are before it looks one up.
  private void tellOfSecrets() {
    server
        .expect()
        .get()
        .withPath("/api/v1?timeout=32s")
        .andReturn(
            200,
            new APIResourceListBuilder()
                .withKind("APIResourceList")
                .withApiVersion("v1")
                .withGroupVersion("v1")
                .addToResources(
                    new APIResourceBuilder()
                        .withName("secrets")
                        .withSingularName("secret")
                        .withKind("Secret")
                        .withNamespaced(true)
                        .withVerbs("get", "list")
                        .build())
                .build())
        .always();
  }

  /// Helm finds its cluster by a file that the environment names.
  private static void tellHelm(Config config) {
    try {
      Files.writeString(
          Path.of(System.getenv().getOrDefault("KUBECONFIG", "target/kubeconfig")),
          """
          apiVersion: v1
          kind: Config
          current-context: test
          contexts: [{name: test, context: {cluster: test, user: test}}]
          clusters: [{name: test, cluster: {server: "%s"}}]
          users: [{name: test, user: {}}]
          """
              .formatted(config.getMasterUrl()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
