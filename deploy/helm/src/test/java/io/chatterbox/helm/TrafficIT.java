package io.chatterbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.helm.Chart.Values;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How pods are reached, and how many there are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrafficIT {
  private final Chart chart = new Chart();

  @AfterAll
  void close() {
    chart.close();
  }

  @Test
  void socketsPassTheIngressForAsLongAsTheyLike() {
    Ingress ingress = chart.render(Values.FULL).all(Ingress.class).findFirst().orElseThrow();
    assertThat(ingress.getMetadata().getAnnotations())
        .containsEntry("nginx.ingress.kubernetes.io/proxy-read-timeout", "3600")
        .containsEntry("nginx.ingress.kubernetes.io/proxy-send-timeout", "3600")
        .doesNotContainKey("nginx.ingress.kubernetes.io/affinity");
    assertThat(
            ingress
                .getSpec()
                .getRules()
                .getFirst()
                .getHttp()
                .getPaths()
                .getFirst()
                .getBackend()
                .getService()
                .getName())
        .isEqualTo("talk-gateway");
  }

  @Test
  void onlyThoseWhoCallAServiceReachIt() {
    Rendered rendered = chart.render(Values.FULL);
    NetworkPolicy chat = rendered.of(NetworkPolicy.class, "chat");
    assertThat(
            chat.getSpec().getIngress().stream()
                .flatMap(rule -> rule.getFrom().stream())
                .filter(peer -> peer.getPodSelector() != null)
                .map(peer -> selected(peer.getPodSelector()).get("app.kubernetes.io/component")))
        .containsExactlyInAnyOrder("gateway", "auth");
    for (String service : Chart.SERVICES) {
      NetworkPolicy policy = rendered.of(NetworkPolicy.class, service);
      assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
      assertThat(policy.getSpec().getIngress())
          .allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty());
      assertThat(
              rendered
                  .of(Deployment.class, service)
                  .getSpec()
                  .getTemplate()
                  .getMetadata()
                  .getLabels())
          .containsAllEntriesOf(selected(policy.getSpec().getPodSelector()));
    }
  }

  @Test
  void scalingByAdapterAsksForSocketsAndBacklog() {
    Rendered rendered = chart.render(Values.FULL, Map.of("autoscaling.source", "adapter"));
    assertThat(metric(rendered, "gateway")).isEqualTo("chatterbox_gateway_sockets");
    assertThat(metric(rendered, "chat")).isEqualTo("chatterbox_bus_backlog");
    assertThat(metric(rendered, "ai")).isEqualTo("chatterbox_bus_backlog");
    for (String service : Chart.SERVICES) {
      assertThat(
              rendered
                  .of(HorizontalPodAutoscaler.class, service)
                  .getSpec()
                  .getScaleTargetRef()
                  .getName())
          .isEqualTo(rendered.of(Deployment.class, service).getMetadata().getName());
      assertThat(rendered.of(Deployment.class, service).getSpec().getReplicas()).isNull();
    }
  }

  @Test
  void scalingByKedaAsksForStreamsOfEveryPartition() {
    Rendered rendered =
        chart.render(
            Values.FULL,
            Map.of(
                "autoscaling.source", "keda-redis", "autoscaling.keda.redisAddress", "redis:6379"));
    assertThat(rendered.all(HorizontalPodAutoscaler.class)).isEmpty();
    HasMetadata chat =
        rendered.objects().stream()
            .filter(any ->
                any.getKind().equals("ScaledObject")
                    && any.getMetadata().getName().endsWith("-chat"))
            .findFirst()
            .orElseThrow();
    assertThat(chat.toString())
        .contains("{chat:0}:commands", "{chat:31}:commands")
        .doesNotContain("{chat:32}");
  }

  @Test
  void kedaIsToldHowManyRedisIs() {
    Map<String, String> values =
        Map.of(
            "autoscaling.source", "keda-redis",
            "autoscaling.keda.redisAddress", "redis:26379",
            "redis.topology", "sentinel",
            "redis.masterName", "main");
    assertThat(chart.render(Values.FULL, values).objects().toString())
        .contains("redis-sentinel-streams", "sentinelMaster=main", "addresses=redis:26379");
  }

  private static Map<String, String> selected(LabelSelector selector) {
    return selector.getMatchLabels();
  }

  private static String metric(Rendered rendered, String service) {
    return rendered.of(HorizontalPodAutoscaler.class, service).getSpec().getMetrics().stream()
        .filter(metric -> metric.getPods() != null)
        .map(metric -> metric.getPods().getMetric().getName())
        .findFirst()
        .orElse("none");
  }
}
