package io.chatterbox.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleParameterAnnotationsAttribute;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings that a service has: those of its `@ConfigMapping` interfaces, those that are
/// injected by name, and what Quarkus says of its own.
final class KnownSettings {
  private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";

  /// Read by MicroProfile JWT and SmallRye, which publish no list.
  private static final Set<String> OTHERS =
      Set.of("config_ordinal", "mp.jwt.verify.publickey.location", "smallrye.config.locations");

  private final Set<String> names = new TreeSet<>(OTHERS);
  private final Set<Pattern> patterns;

  private KnownSettings(Set<Pattern> patterns) {
    this.patterns = Set.copyOf(patterns);
  }

  /// The settings of a service, as `gateway`.
  static KnownSettings of(String service) throws IOException {
    Set<Pattern> quarkus = new java.util.HashSet<>();
    KnownSettings known = new KnownSettings(quarkus);
    KnownSettings result = new KnownSettings(known.readAll(service));
    result.names.addAll(known.names);
    return result;
  }

  boolean contains(String setting) {
    return names.contains(setting)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(setting).matches());
  }

  /// Whether an environment variable is one of these settings.
  boolean containsVariable(String variable) {
    return names.stream().anyMatch(name -> variable(name).equals(variable));
  }

  /// How MicroProfile Config spells a setting as a variable.
  private static String variable(String setting) {
    return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private Set<Pattern> readAll(String service) throws IOException {
    Set<Pattern> ofQuarkus = new java.util.HashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (isOurs(path)) {
        if (belongsTo(path, service)) {
          inside(path, this::readClasses);
        }
      } else if (path.toString().contains("quarkus")) {
        inside(path, root -> ofQuarkus.addAll(readModel(root)));
      }
    }
    return ofQuarkus;
  }

  private static boolean isOurs(Path path) {
    Path home = Path.of("../..").toAbsolutePath().normalize();
    return path.startsWith(home) || path.toString().contains("/io/chatterbox/");
  }

  private static boolean belongsTo(Path path, String service) {
    String text = path.toString();
    return text.contains(service + "-service")
        || text.contains("libs/bus")
        || text.contains("chatterbox-bus")
        || (!service.equals("gateway")
            && (text.contains("libs/rest") || text.contains("chatterbox-rest")));
  }

  private static void inside(Path path, Consumer<Path> reader) throws IOException {
    if (Files.isDirectory(path)) {
      reader.accept(path);
    } else if (Files.isRegularFile(path)) {
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + path.toUri()), Map.of())) {
        reader.accept(jar.getPath("/"));
      }
    }
  }

  private void readClasses(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(any -> any.toString().endsWith(".class")).toList()) {
        readInjected(Files.readAllBytes(file));
        if (file.toString().endsWith("Config.class")) {
          String name =
              root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
          Class<?> type = Class.forName(name);
          ConfigMapping mapping = type.getAnnotation(ConfigMapping.class);
          if (mapping != null) {
            readMapping(mapping.prefix(), type);
          }
        }
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void readMapping(String prefix, Class<?> type) {
    for (Method method : type.getMethods()) {
      String name =
          method.isAnnotationPresent(WithParentName.class)
              ? prefix
              : prefix + "." + kebab(method.getName());
      Class<?> value = valueOf(method.getGenericReturnType());
      if (value.isInterface()
          && value.getEnclosingClass() != null
          && value.getName().startsWith("io.chatterbox")) {
        readMapping(name, value);
      } else {
        names.add(name);
      }
    }
  }

  private static Class<?> valueOf(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic when generic.getRawType().equals(Optional.class) ->
          valueOf(generic.getActualTypeArguments()[0]);
      default -> Object.class;
    };
  }

  /// What stands in `@ConfigProperty(name = "…")` of a constructor's parameters.
  private void readInjected(byte[] bytes) {
    for (var method : ClassFile.of().parse(bytes).methods()) {
      for (var attribute : method.attributes()) {
        if (attribute instanceof RuntimeVisibleParameterAnnotationsAttribute parameters) {
          parameters.parameterAnnotations().stream()
              .flatMap(java.util.List::stream)
              .filter(
                  annotation -> annotation.className().stringValue().endsWith("/ConfigProperty;"))
              .flatMap(annotation -> annotation.elements().stream())
              .filter(element -> element.name().stringValue().equals("name"))
              .forEach(element ->
                  names.add(
                      ((java.lang.classfile.AnnotationValue.OfString) element.value())
                          .stringValue()));
        }
      }
    }
  }

  /// Quarkus's settings that can be set when a service starts; those of the build are not of use.
  private Set<Pattern> readModel(Path root) {
    Path model = root.resolve(MODEL);
    Set<Pattern> found = new java.util.HashSet<>();
    if (Files.exists(model)) {
      try {
        readItems(new ObjectMapper().readTree(Files.readString(model)), found);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return found;
  }

  private void readItems(JsonNode node, Set<Pattern> found) {
    if (node.isObject() && node.path("phase").asText().equals("RUN_TIME") && node.has("path")) {
      readName(node.path("path").path("property").asText(), found);
      node.path("additionalPaths").forEach(path -> readName(path.path("property").asText(), found));
    }
    node.forEach(child -> readItems(child, found));
  }

  /// Names with a part in quotes stand for any name there.
  private void readName(String name, Set<Pattern> found) {
    if (name.contains("\"")) {
      found.add(
          Pattern.compile(
              Pattern.quote(name).replaceAll("\"[^\"]*\"", "\\\\E(?:\"[^\"]+\"|[^.]+)\\\\Q")));
    } else {
      names.add(name);
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
