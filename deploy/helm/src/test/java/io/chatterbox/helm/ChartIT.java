package io.chatterbox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.chatterbox.helm.Chart.Values;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is true of every way to render the chart.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartIT {
  private final Chart chart = new Chart();

  @AfterAll
  void close() {
    chart.close();
  }

  @Test
  void lintFindsNothing() {
    LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void everyServiceHasAllThatItNeeds(Values values) {
    Rendered rendered = chart.render(values);
    for (String service : Chart.SERVICES) {
      Deployment deployment = rendered.of(Deployment.class, service);
      Map<String, String> pod = deployment.getSpec().getTemplate().getMetadata().getLabels();
      assertThat(pod).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
      assertThat(pod)
          .containsAllEntriesOf(rendered.of(Service.class, service).getSpec().getSelector());
      assertThat(pod)
          .containsAllEntriesOf(
              selected(rendered.of(PodDisruptionBudget.class, service).getSpec().getSelector()));
      assertThat(deployment.getSpec().getTemplate().getSpec().getServiceAccountName())
          .isEqualTo(rendered.of(ServiceAccount.class, service).getMetadata().getName());
      assertThat(deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
          .isNotEmpty()
          .allSatisfy(
              spread -> assertThat(pod).containsAllEntriesOf(selected(spread.getLabelSelector())));
    }
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void noPodMayDoMoreThanItMust(Values values) {
    List<PodSpec> pods = pods(chart.render(values)).toList();
    assertThat(pods).hasSizeGreaterThanOrEqualTo(Chart.SERVICES.size());
    for (PodSpec pod : pods) {
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      for (Container container : pod.getContainers()) {
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop())
            .containsExactly("ALL");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void livenessKnowsNothingOfStoresAndReadinessDoes(Values values) {
    Rendered rendered = chart.render(values);
    for (String service : Chart.SERVICES) {
      Container container = rendered.container(service);
      assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
      assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
      assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
    }
  }

  /// Else Kubernetes kills it in the middle of what it has in hand.
  @ParameterizedTest
  @EnumSource(Values.class)
  void aPodHasTheTimeToEnd(Values values) {
    Rendered rendered = chart.render(values);
    for (String service : Chart.SERVICES) {
      long drain =
          service.equals("gateway")
              ? seconds(rendered.settings(service).getProperty("chatterbox.gateway.drain")) + 11
              : 20;
      long waiting =
          rendered.container(service).getLifecycle().getPreStop().getSleep().getSeconds();
      assertThat(
              rendered
                  .of(Deployment.class, service)
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getTerminationGracePeriodSeconds())
          .as(service)
          .isGreaterThan(waiting + drain);
    }
  }

  @Test
  void aChangedSettingIsARollout() {
    String before = checksum(chart.render(Values.DEFAULT));
    assertThat(checksum(chart.render(Values.DEFAULT))).isEqualTo(before);
    assertThat(checksum(chart.render(Values.DEFAULT, Map.of("gateway.drain", "11s"))))
        .isNotEqualTo(before);
  }

  @Test
  void withoutAddressesThereAreStoresForATrialAndOtherwiseNone() {
    Rendered trial = chart.render(Values.DEFAULT);
    assertThat(trial.of(StatefulSet.class, "mongodb").getSpec().getServiceName())
        .isEqualTo(trial.of(Service.class, "mongodb").getMetadata().getName());
    assertThat(text(trial.of(Secret.class, "secrets"), trial, "redis-url"))
        .isEqualTo("redis://" + trial.of(Service.class, "redis").getMetadata().getName() + ":6379");
    Rendered external = chart.render(Values.MINIMAL);
    assertThat(external.all(StatefulSet.class)).isEmpty();
    assertThat(external.all(Deployment.class)).hasSize(Chart.SERVICES.size());
  }

  @Test
  void generatedSecretsAreOfTheRightSizeAndKept() {
    Secret secret =
        chart
            .render(Values.DEFAULT)
            .all(Secret.class)
            .filter(any -> any.getMetadata().getName().endsWith("-secrets"))
            .findFirst()
            .orElseThrow();
    assertThat(secret.getMetadata().getAnnotations())
        .containsEntry("helm.sh/resource-policy", "keep");
    assertThat(Base64.getDecoder().decode(decoded(secret, "key-encryption-key"))).hasSize(32);
    assertThat(decoded(secret, "shared-secret").length()).isGreaterThanOrEqualTo(32);
  }

  @Test
  void aSecretOfOnesOwnTakesTheirPlace() {
    Rendered rendered = chart.render(Values.FULL);
    assertThat(rendered.all(Secret.class)).isEmpty();
    assertThat(secretsOf(rendered.container("auth")))
        .contains("talk-secrets", "talk-stores", "talk-mail");
    assertThat(secretsOf(rendered.container("gateway"))).containsExactly("talk-stores");
  }

  @Test
  void aMisspeltValueIsRefused() {
    assertThatThrownBy(() -> chart.render(Values.DEFAULT, Map.of("gateway.replica", "3")))
        .hasMessageContaining("replica");
    assertThatThrownBy(() -> chart.render(Values.DEFAULT, Map.of("chat.replicas", "33")))
        .hasMessageContaining("replicas");
  }

  @Test
  void everyServiceIsToldHowManyRedisIs() {
    Rendered cluster = chart.render(Values.DEFAULT, Map.of("redis.topology", "cluster"));
    Rendered sentinel =
        chart.render(
            Values.DEFAULT, Map.of("redis.topology", "sentinel", "redis.masterName", "main"));
    for (String service : Chart.SERVICES) {
      assertThat(variables(cluster, service))
          .containsEntry("QUARKUS_REDIS_CLIENT_TYPE", "cluster")
          .doesNotContainKey("QUARKUS_REDIS_MASTER_NAME");
      assertThat(variables(sentinel, service))
          .containsEntry("QUARKUS_REDIS_CLIENT_TYPE", "sentinel")
          .containsEntry("QUARKUS_REDIS_MASTER_NAME", "main");
    }
    assertThatThrownBy(() -> chart.render(Values.DEFAULT, Map.of("redis.topology", "sentinel")))
        .hasMessageContaining("redis.masterName");
    assertThatThrownBy(() -> chart.render(Values.DEFAULT, Map.of("redis.topology", "ring")))
        .hasMessageContaining("topology");
  }

  private static Map<String, String> variables(Rendered rendered, String service) {
    Map<String, String> variables = new HashMap<>();
    rendered
        .container(service)
        .getEnv()
        .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    return variables;
  }

  @Test
  void aFieldThatKubernetesDoesNotHaveIsAFailure() {
    assertThatThrownBy(() ->
            Rendered.of("{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: []}}"))
        .hasMessageContaining("port");
  }

  private static Stream<PodSpec> pods(Rendered rendered) {
    return Stream.concat(
        rendered.all(Deployment.class).map(any -> any.getSpec().getTemplate().getSpec()),
        rendered.all(StatefulSet.class).map(any -> any.getSpec().getTemplate().getSpec()));
  }

  private static Map<String, String> selected(LabelSelector selector) {
    return selector.getMatchLabels();
  }

  private static String checksum(Rendered rendered) {
    return rendered
        .of(Deployment.class, "gateway")
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .getOrDefault("chatterbox.io/settings", "");
  }

  private static List<String> secretsOf(Container container) {
    return container.getEnv().stream()
        .filter(variable ->
            variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null)
        .map(variable -> variable.getValueFrom().getSecretKeyRef().getName())
        .distinct()
        .toList();
  }

  private static String text(Secret any, Rendered rendered, String key) {
    return rendered
        .all(Secret.class)
        .map(Secret::getStringData)
        .filter(data -> data != null && data.containsKey(key))
        .map(data -> data.getOrDefault(key, ""))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no " + key + " beside " + any.getMetadata().getName()));
  }

  private static String decoded(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().getOrDefault(key, "")),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private static long seconds(String duration) {
    return java.time.Duration.parse("PT" + duration.toUpperCase(java.util.Locale.ROOT)).toSeconds();
  }
}
