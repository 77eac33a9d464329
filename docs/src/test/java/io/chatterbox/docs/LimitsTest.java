package io.chatterbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.chatterbox.contract.documented.Shape;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LimitsTest {
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.chatterbox");

  @TestFactory
  Stream<DynamicTest> limitsThatAreSettingsAreTheirDefaults() {
    Map<String, String> defaults = defaults();
    return ALL.stream()
        .filter(JavaClass::isRecord)
        .map(JavaClass::reflect)
        .flatMap(record ->
            Arrays.stream(record.getRecordComponents())
                .flatMap(component ->
                    shape(component)
                        .map(shape ->
                            DynamicTest.dynamicTest(
                                record.getSimpleName() + "." + component.getName(),
                                () ->
                                    assertThat(String.valueOf(shape.most()))
                                        .isEqualTo(defaults.get(shape.setting()))))
                        .stream()));
  }

  private static Optional<Shape> shape(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(Shape.class))
        .filter(shape -> !shape.setting().isEmpty());
  }

  private static Map<String, String> defaults() {
    Map<String, String> found = new HashMap<>();
    for (JavaClass type : ALL) {
      if (type.isAnnotatedWith(ConfigMapping.class)) {
        Class<?> mapping = type.reflect();
        collect(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, found);
      }
    }
    return found;
  }

  private static void collect(String prefix, Class<?> mapping, Map<String, String> into) {
    for (Method method : mapping.getDeclaredMethods()) {
      String name = prefix + "." + kebab(method.getName());
      WithDefault usual = method.getAnnotation(WithDefault.class);
      if (usual != null) {
        into.put(name, usual.value());
      } else if (method.getReturnType().isInterface()
          && mapping.equals(method.getReturnType().getDeclaringClass())) {
        collect(name, method.getReturnType(), into);
      }
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
