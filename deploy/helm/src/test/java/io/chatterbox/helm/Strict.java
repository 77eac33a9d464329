package io.chatterbox.helm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Reads objects into the model of their kind. A field that the kind does not have is a failure,
/// where an API server would drop it or refuse the object.
final class Strict {

  /// fabric8's classes collect what they do not know; here nothing collects.
  private static final class NoCollecting extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  private final KubernetesSerialization known = new KubernetesSerialization();
  private final ObjectMapper mapper =
      new ObjectMapper()
          .setAnnotationIntrospector(new NoCollecting())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /// The object in its kind's class.
  ///
  /// @throws IllegalArgumentException for an unknown kind or field, or a value of a wrong type
  HasMetadata read(JsonNode object) {
    String apiVersion = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    if (kind.equals("ScaledObject")) {
      mapper.convertValue(object, ScaledObject.class);
      return known.convertValue(object, HasMetadata.class);
    }
    Class<? extends KubernetesResource> type =
        known.getRegisteredKubernetesResource(apiVersion, kind);
    if (type == null || !HasMetadata.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException("no such kind: " + apiVersion + " " + kind);
    }
    return type.asSubclass(HasMetadata.class).cast(mapper.convertValue(object, type));
  }
}
