import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Answers requests on generated validators, one a line, so that one machine starts for thousands of cases.
 *
 * <p>In: JSON lines {@code { "module", "text", "kind", "options" }} on standard input, the module being a folder of compiled classes.
 * Out: one JSON string a line: the report's text, or {@code refused CODE POINTER LINE:COLUMN WORDS}.
 */
public final class Run {
  private Run() {}

  /** A validator in classes of its own. */
  private record Module(Class<?> validator, Class<?> options) {
    static Module of(String folder) throws IOException, ReflectiveOperationException {
      Path root = Path.of(folder);
      String name;
      try (Stream<Path> files = Files.walk(root, 2)) {
        Path found = files.filter(file -> file.endsWith("Validator.class")).findFirst().orElseThrow();
        name = found.getParent().getFileName().toString();
      }
      ClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()});
      return new Module(loader.loadClass(name + ".Validator"), loader.loadClass(name + ".runtime.Options"));
    }

    private Object optionsOf(Map<?, ?> asked) throws ReflectiveOperationException {
      Object made = options.getConstructor().newInstance();
      for (Map.Entry<?, ?> option : asked.entrySet()) {
        Object value = option.getValue();
        if (option.getKey().equals("readings")) {
          Method reading = options.getMethod("reading", String.class, String.class);
          for (Map.Entry<?, ?> one : ((Map<?, ?>) value).entrySet()) {
            reading.invoke(made, one.getKey(), one.getValue());
          }
        } else {
          Class<?> type = value instanceof Boolean ? boolean.class : String.class;
          options.getMethod((String) option.getKey(), type).invoke(made, value);
        }
      }
      return made;
    }

    private Object call(String name, Object... args) throws ReflectiveOperationException {
      for (Method method : validator.getMethods()) {
        boolean text = method.getParameterCount() == args.length && method.getParameterTypes()[0] == String.class;
        if (method.getName().equals(name) && text) {
          return method.invoke(null, args);
        }
      }
      throw new NoSuchMethodException(name);
    }

    private static String textOf(Object report) throws ReflectiveOperationException {
      return (String) report.getClass().getMethod("toText").invoke(report);
    }

    String answer(Map<?, ?> request) throws ReflectiveOperationException {
      Map<?, ?> asked = (Map<?, ?>) request.get("options");
      Object made = optionsOf(asked);
      Object text = request.get("text");
      switch ((String) request.get("kind")) {
        case "targets":
          return textOf(call("checkTargets", text, asked.get("on"), made));
        case "case":
          return textOf(call("validateText", text, made));
        case "select":
          return textOf(call("select", text, asked.get("at"), made));
        default:
          Object judged = call("judgeBatch", text, asked.get("at"), made);
          StringBuilder out = new StringBuilder();
          for (Object report : (List<?>) judged.getClass().getMethod("reports").invoke(judged)) {
            out.append(textOf(report)).append('\n');
          }
          return out + textOf(judged.getClass().getMethod("batch").invoke(judged));
      }
    }
  }

  private static String refused(Throwable fault) throws ReflectiveOperationException {
    List<String> parts = new ArrayList<>();
    for (String part : List.of("code", "pointer", "line", "column", "zh", "getMessage", "helpZh", "helpEn")) {
      parts.add(String.valueOf(fault.getClass().getMethod(part).invoke(fault)));
    }
    String place = parts.get(2).equals("0") ? "null:null" : parts.get(2) + ":" + parts.get(3);
    String words = String.join(" / ", parts.subList(4, 8));
    return "refused " + parts.get(0) + " " + parts.get(1) + " " + place + " " + words;
  }

  /** The machine's own entry. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Map<String, Module> modules = new HashMap<>();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Map<?, ?> request = (Map<?, ?>) new Json(line).value();
      String folder = (String) request.get("module");
      if (!modules.containsKey(folder)) {
        modules.put(folder, Module.of(folder));
      }
      String answer;
      try {
        answer = modules.get(folder).answer(request);
      } catch (InvocationTargetException thrown) {
        Throwable fault = thrown.getCause();
        boolean known = fault.getClass().getSimpleName().equals("Refusal");
        answer = known ? refused(fault) : "fault " + fault + " " + List.of(fault.getStackTrace());
      }
      out.println(Json.quote(answer));
    }
    out.flush();
  }

  /** As much of JSON as a request needs. */
  private static final class Json {
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    static String quote(String text) {
      StringBuilder out = new StringBuilder("\"");
      for (char c : text.toCharArray()) {
        if (c == '"' || c == '\\') {
          out.append('\\').append(c);
        } else if (c < ' ' || Character.isSurrogate(c)) {
          out.append(String.format("\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
      return out.append('"').toString();
    }

    private char next() {
      while (text.charAt(at) == ' ' || text.charAt(at) == ',' || text.charAt(at) == ':') {
        at++;
      }
      return text.charAt(at);
    }

    Object value() {
      switch (next()) {
        case '{':
          Map<String, Object> members = new LinkedHashMap<>();
          for (at++; next() != '}'; ) {
            String name = string();
            members.put(name, value());
          }
          at++;
          return members;
        case '"':
          return string();
        case 't':
          at += 4;
          return true;
        case 'f':
          at += 5;
          return false;
        default:
          at += 4;
          return null;
      }
    }

    private String string() {
      StringBuilder out = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c != '\\') {
          out.append(c);
          continue;
        }
        at++;
        c = text.charAt(at);
        if (c == 'u') {
          out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          int known = "bfnrt".indexOf(c);
          out.append(known < 0 ? c : "\b\f\n\r\t".charAt(known));
        }
      }
      at++;
      return out.toString();
    }
  }
}
