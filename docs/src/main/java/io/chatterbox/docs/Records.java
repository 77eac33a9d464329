package io.chatterbox.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Asked;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The marked records and the resources of all services, found on the class path.
final class Records {
  private final JavaClasses classes;

  Records() {
    this.classes = new ClassFileImporter().importPackages("io.chatterbox");
  }

  /// The payloads of every event that clients are told, by its name.
  Map<String, List<Class<?>>> told() {
    return byEvent(Told.class, Told::value);
  }

  /// What client events are acknowledged with, by their names.
  Map<String, List<Class<?>>> acknowledgements() {
    return byEvent(Acknowledges.class, Acknowledges::value);
  }

  /// The payloads of the client events that gateways answer themselves, by their names.
  Map<String, List<Class<?>>> asked() {
    return byEvent(Asked.class, Asked::value);
  }

  /// All classes that answer REST calls, those of services among themselves left out.
  List<Class<?>> resources() {
    return marked(Path.class).stream()
        .filter(type -> !type.getAnnotation(Path.class).value().startsWith("/internal"))
        .toList();
  }

  /// The record that has this name in the documents: as a shape, as a view, or its own.
  Class<?> named(String name) {
    List<Class<?>> found =
        classes.stream()
            .filter(type -> type.isRecord() && isNamed(type, name))
            .sorted(Comparator.comparing((JavaClass type) -> type.getSimpleName().equals(name)))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
    if (found.isEmpty()) {
      throw new IllegalStateException("no record is named " + name);
    }
    return found.getFirst();
  }

  private static boolean isNamed(JavaClass type, String name) {
    return type.tryGetAnnotationOfType(Shape.class)
            .filter(shape -> shape.name().equals(name))
            .isPresent()
        || type.getSimpleName().equals(name + "View")
        || type.getSimpleName().equals(name);
  }

  private <A extends Annotation> Map<String, List<Class<?>>> byEvent(
      Class<A> mark, Function<A, String[]> events) {
    Map<String, List<Class<?>>> found = new TreeMap<>();
    for (Class<?> type : marked(mark)) {
      for (String event : events.apply(type.getAnnotation(mark))) {
        found.computeIfAbsent(event, _ -> new ArrayList<>()).add(type);
      }
    }
    return found;
  }

  private List<Class<?>> marked(Class<? extends Annotation> mark) {
    return classes.stream()
        .filter(type -> type.isAnnotatedWith(mark) && !type.isInterface())
        .sorted(Comparator.comparing(JavaClass::getName))
        .<Class<?>>map(JavaClass::reflect)
        .toList();
  }
}
