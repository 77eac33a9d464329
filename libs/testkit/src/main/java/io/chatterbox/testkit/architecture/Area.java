package io.chatterbox.testkit.architecture;

import java.util.ArrayList;
import java.util.List;

/// A part of ChatterBox and all that it may use.
///
/// @param packages pattern of its packages; with `..` at the end all below as well
/// @param uses patterns of other parts of ChatterBox
/// @param libraries patterns of packages from elsewhere; empty if any may be used
public record Area(String packages, List<String> uses, List<String> libraries) {

  public Area {
    uses = List.copyOf(uses);
    libraries = List.copyOf(libraries);
  }

  /// One that may use any library.
  static Area free(String packages, String... uses) {
    return new Area(packages, List.of(uses), List.of());
  }

  /// This one, bound to the JDK and these libraries.
  Area with(String... only) {
    List<String> bound =
        new ArrayList<>(List.of("java..", "javax..", "org.jspecify.annotations.."));
    bound.addAll(List.of(only));
    return new Area(packages, uses, bound);
  }

  /// Patterns of what it may use of ChatterBox, itself included.
  String[] ownAndUsed() {
    List<String> all = new ArrayList<>(uses);
    all.add(packages);
    return all.toArray(String[]::new);
  }
}
