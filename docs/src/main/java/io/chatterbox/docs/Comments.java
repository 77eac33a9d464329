package io.chatterbox.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The `///` comments of the sources: what stands there is not said again for client authors.
final class Comments {
  private static final Pattern PARAM = Pattern.compile("@param\\s+(\\w+)\\s+(.*)");
  private static final Pattern LINK = Pattern.compile("\\[#?([\\w.#]+)]");

  private final Map<String, Comment> byName;

  private record Comment(String text, Map<String, String> params) {}

  private Comments(Map<String, Comment> byName) {
    this.byName = Map.copyOf(byName);
  }

  /// Reads all sources of all modules below a folder.
  static Comments read(Path root) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, Comment> found = new HashMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources(root)));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(trees, found).scan(unit, null);
      }
    }
    return new Comments(found);
  }

  private static List<Path> sources(Path root) throws IOException {
    Path main = Path.of("src", "main", "java");
    try (Stream<Path> files =
        Files.find(root, 20, (path, _) -> path.toString().endsWith(".java"))) {
      return files.filter(path -> path.toString().contains(main.toString())).sorted().toList();
    }
  }

  /// What a type is for.
  Optional<String> of(Class<?> type) {
    return text(type.getCanonicalName());
  }

  /// What a value of an enum means.
  Optional<String> of(Enum<?> value) {
    return text(value.getDeclaringClass().getCanonicalName() + "#" + value.name());
  }

  /// What a method does.
  Optional<String> of(Class<?> type, String method) {
    return text(type.getCanonicalName() + "#" + method);
  }

  /// What a component of a record is.
  Optional<String> component(Class<?> type, String name) {
    return Optional.ofNullable(byName.get(type.getCanonicalName()))
        .map(comment -> comment.params().get(name));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(byName.get(name)).map(Comment::text).filter(t -> !t.isEmpty());
  }

  /// What services reply stands in the documents as a schema.
  private static Comment comment(String source) {
    StringBuilder text = new StringBuilder();
    Map<String, StringBuilder> params = new HashMap<>();
    StringBuilder into = text;
    for (String line : source.strip().lines().map(String::strip).toList()) {
      Matcher param = PARAM.matcher(line);
      if (param.matches()) {
        into = new StringBuilder(param.group(2));
        params.put(param.group(1), into);
      } else if (line.startsWith("@")) {
        into = new StringBuilder();
      } else {
        into.append(into.isEmpty() ? "" : line.isEmpty() ? "\n\n" : " ").append(line);
      }
    }
    Map<String, String> about = new HashMap<>();
    params.forEach((name, words) -> about.put(name, words(words)));
    return new Comment(words(text), about);
  }

  private static String words(StringBuilder text) {
    String plain = text.toString().replaceAll("\n\n ", "\n\n").replaceAll(" ?Reply: [^\n]*", "");
    return LINK.matcher(plain).replaceAll("`$1`").strip();
  }

  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final Map<String, Comment> found;
    private final Deque<String> names = new ArrayDeque<>();

    Scanner(DocTrees trees, Map<String, Comment> found) {
      this.trees = trees;
      this.found = found;
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, @Nullable Void none) {
      if (unit.getPackageName() == null) {
        return null;
      }
      names.push(unit.getPackageName().toString());
      super.visitCompilationUnit(unit, null);
      names.pop();
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
      String name = names.peek() + "." + type.getSimpleName();
      note(name, getCurrentPath());
      names.push(name);
      super.visitClass(type, null);
      names.pop();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
      note(names.peek() + "#" + method.getName(), getCurrentPath());
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
      if (getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.ENUM) {
        note(names.peek() + "#" + variable.getName(), getCurrentPath());
      }
      return null;
    }

    private void note(String name, TreePath path) {
      String comment = trees.getDocComment(path);
      if (comment != null) {
        found.putIfAbsent(name, comment(comment));
      }
    }
  }
}
