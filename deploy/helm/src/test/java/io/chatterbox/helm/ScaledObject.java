package io.chatterbox.helm;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// KEDA's `keda.sh/v1alpha1` ScaledObject, as far as there is a use for it here
/// (<https://keda.sh/docs/latest/reference/scaledobject-spec/>).
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

  record Spec(
      Target scaleTargetRef,
      int pollingInterval,
      @Nullable Integer cooldownPeriod,
      int minReplicaCount,
      int maxReplicaCount,
      @Nullable Advanced advanced,
      List<Trigger> triggers) {
    Spec {
      triggers = List.copyOf(triggers);
    }
  }

  record Target(String apiVersion, String kind, String name) {}

  record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

  record Autoscaler(@Nullable String name, HorizontalPodAutoscalerBehavior behavior) {}

  /// @param metadata text only: KEDA refuses numbers
  record Trigger(
      String type,
      @Nullable String name,
      @Nullable String metricType,
      Map<String, String> metadata,
      @Nullable Authentication authenticationRef) {
    Trigger {
      metadata = Map.copyOf(metadata);
    }
  }

  record Authentication(String name, @Nullable String kind) {}
}
