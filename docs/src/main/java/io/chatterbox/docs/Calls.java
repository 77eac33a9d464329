package io.chatterbox.docs;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.documented.Refuses;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/// The REST calls of all services, read from their resources and settings.
final class Calls {
  private static final List<String> VERBS = List.of("GET", "POST", "PATCH", "PUT", "DELETE");

  private final Set<String> open = new HashSet<>();
  private final List<Pattern> signed = new ArrayList<>();

  /// One call.
  ///
  /// @param path with `{name}` for what differs
  record Call(String path, String verb, Method method) {

    /// Who is asked: the first part of the path behind `/api`.
    String area() {
      return path.startsWith("/api/") ? path.split("/", -1)[2] : "server";
    }

    /// What it is called among all calls.
    String id() {
      String resource = method.getDeclaringClass().getSimpleName().replaceFirst("Resource$", "");
      String name = method.getName();
      return resource.substring(0, 1).toLowerCase(java.util.Locale.ROOT)
          + resource.substring(1)
          + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
          + name.substring(1);
    }

    /// With what it may be refused on its own account.
    Set<ErrorCode> refusals() {
      Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);
      Refuses refuses = method.getAnnotation(Refuses.class);
      if (refuses != null) {
        codes.addAll(Arrays.asList(refuses.value()));
      }
      return codes;
    }
  }

  Calls() {
    try {
      ClassLoader loader = Calls.class.getClassLoader();
      for (URL file : Collections.list(loader.getResources("application.properties"))) {
        Properties settings = new Properties();
        try (InputStream in = file.openStream()) {
          settings.load(in);
        }
        open.addAll(List.of(settings.getProperty("chatterbox.rest.open-paths", "").split(",", -1)));
        String paths = settings.getProperty("chatterbox.rest.signed-paths");
        if (paths != null) {
          signed.add(Pattern.compile(paths));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it is answered without a token.
  boolean isOpen(Call call) {
    return open.contains(call.path()) || !call.path().startsWith("/api/");
  }

  /// Whether a signed address does instead of a token.
  boolean isSigned(Call call) {
    String example = call.path().replace("{part}", "content").replaceAll("\\{\\w+}", "x");
    return signed.stream().anyMatch(paths -> paths.matcher(example).matches());
  }

  /// All calls, by path.
  static List<Call> of(List<Class<?>> resources) {
    List<Call> calls = new ArrayList<>();
    for (Class<?> resource : resources) {
      String root = resource.getAnnotation(Path.class).value();
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation mark : method.getAnnotations()) {
          HttpMethod verb = mark.annotationType().getAnnotation(HttpMethod.class);
          if (verb != null) {
            Path path = method.getAnnotation(Path.class);
            String whole = root + (path == null ? "" : path.value());
            calls.add(new Call(whole.replaceAll(":[^}]*}", "}"), verb.value(), method));
          }
        }
      }
    }
    calls.sort(
        Comparator.comparing(Call::path).thenComparingInt(call -> VERBS.indexOf(call.verb())));
    return calls;
  }
}
