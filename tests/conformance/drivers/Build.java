import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles generated validators, so that one compiler starts for many of them.
 *
 * <p>In: folders, each with a project's {@code src/main/java}; all may share one copy of the runtime, written for any of their packages.
 * Out: {@code classes} in each folder. Always: the runtime is compiled once a package, the rest only where it was not yet.
 */
public final class Build {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  private Build() {}

  /** A source file, with the runtime's package named as the project names it. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Path file, String text) {
      super(URI.create("file://" + file), Kind.SOURCE);
      this.text = text;
    }

    static Source of(Path file, String project) {
      try {
        String text = Files.readString(file);
        return new Source(file, text.replaceAll("(?m)^((?:package|import static) )\\w+\\.runtime\\b", "$1" + project + ".runtime"));
      } catch (IOException fault) {
        throw new IllegalStateException(fault);
      }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static void compile(Path sources, String project, Path to, Path classes) throws IOException {
    Files.createDirectories(to);
    List<? extends JavaFileObject> units;
    try (Stream<Path> files = Files.list(sources)) {
      units = files.filter(file -> file.toString().endsWith(".java")).sorted().map(file -> Source.of(file, project)).toList();
    }
    List<String> options = List.of("-proc:none", "-nowarn", "-d", to.toString(), "-cp", classes.toString());
    if (!JAVAC.getTask(null, null, null, options, null, units).call()) {
      throw new IllegalStateException(sources + " does not compile");
    }
  }

  /** The machine's own entry. */
  public static void main(String[] folders) throws IOException {
    Map<String, Path> runtimes = new HashMap<>();
    for (String folder : folders) {
      Path sources = Path.of(folder, "src", "main", "java");
      String project;
      try (Stream<Path> packages = Files.list(sources)) {
        project = packages.findFirst().orElseThrow().getFileName().toString();
      }
      Path runtime = runtimes.get(project);
      if (runtime == null) {
        runtime = Path.of(folder, "runtime");
        compile(sources.resolve(project).resolve("runtime"), project, runtime, runtime);
        runtimes.put(project, runtime);
      }
      Path classes = Path.of(folder, "classes");
      if (!Files.exists(classes)) {
        compile(sources.resolve(project), project, classes, runtime);
      }
      Path link = classes.resolve(project).resolve("runtime");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, runtime.resolve(project).resolve("runtime").toAbsolutePath());
    }
  }
}
