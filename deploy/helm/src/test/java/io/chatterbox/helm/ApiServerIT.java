package io.chatterbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.helm.Chart.Values;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the chart renders, brought to an API server: an install, and an upgrade that changes
/// nothing.
class ApiServerIT {

  @ParameterizedTest
  @EnumSource(Values.class)
  void everyObjectIsTakenAndFoundAgain(Values values) {
    try (Chart chart = new Chart()) {
      Rendered rendered = chart.render(values);
      KubernetesClient client = chart.client();
      for (HasMetadata object : rendered.objects()) {
        client.resource(object).inNamespace(Chart.NAMESPACE).create();
      }
      for (HasMetadata object : rendered.objects()) {
        HasMetadata found = client.resource(object).inNamespace(Chart.NAMESPACE).get();
        assertThat(found).as("%s %s", object.getKind(), object.getMetadata().getName()).isNotNull();
        assertThat(found.getMetadata().getLabels()).isEqualTo(object.getMetadata().getLabels());
        client.resource(object).inNamespace(Chart.NAMESPACE).update();
      }
      assertThat(client.apps().deployments().inNamespace(Chart.NAMESPACE).list().getItems())
          .hasSizeGreaterThanOrEqualTo(Chart.SERVICES.size());
    }
  }

  @Test
  void anUpgradeKeepsTheSecretsThatTheInstallMade() {
    try (Chart chart = new Chart()) {
      Secret made = secret(chart.render(Values.DEFAULT));
      chart.client().resource(made).inNamespace(Chart.NAMESPACE).create();
      assertThat(secret(chart.render(Values.DEFAULT)).getData()).isEqualTo(made.getData());
    }
  }

  @Test
  void twoInstallsHaveDifferentSecrets() {
    try (Chart chart = new Chart()) {
      Map<String, String> one = secret(chart.render(Values.DEFAULT)).getData();
      Map<String, String> other = secret(chart.render(Values.DEFAULT)).getData();
      assertThat(one.keySet()).isEqualTo(other.keySet()).hasSize(2);
      one.forEach((key, value) -> assertThat(other).doesNotContainEntry(key, value));
    }
  }

  private static Secret secret(Rendered rendered) {
    return rendered
        .all(Secret.class)
        .filter(any -> any.getMetadata().getName().endsWith("-secrets"))
        .findFirst()
        .orElseThrow();
  }
}
