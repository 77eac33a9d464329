package io.chatterbox.helm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// What Helm made of the chart: every object, read strictly.
record Rendered(List<HasMetadata> objects) {

  Rendered {
    objects = List.copyOf(objects);
  }

  /// Reads Helm's output.
  static Rendered of(String yaml) {
    ObjectMapper mapper =
        YAMLMapper.builder().build().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    Strict strict = new Strict();
    List<HasMetadata> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = mapper.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.isObject() && !document.isEmpty()) {
          objects.add(strict.read(document));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Rendered(objects);
  }

  <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  /// The object of this kind and component.
  <T extends HasMetadata> T of(Class<T> type, String component) {
    return all(type)
        .filter(object ->
            component.equals(object.getMetadata().getLabels().get("app.kubernetes.io/component")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " of " + component));
  }

  /// The container of a service.
  Container container(String component) {
    return of(Deployment.class, component)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst();
  }

  /// The settings file of a service.
  Properties settings(String component) {
    Properties settings = new Properties();
    try {
      settings.load(
          new StringReader(
              of(ConfigMap.class, component).getData().getOrDefault("application.properties", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }
}
