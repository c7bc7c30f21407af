import bench_2030.Validator;
import bench_2030.runtime.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Cases a second: a generated validator, and one written by hand around a small reader of JSON (the JDK has none).
 *
 * <p>In: the path of the cases. Out: a line each on standard output.
 */
public final class Bench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Bench() {}

  /** Thousands of cases a second of the processor, best of forty: it takes a while until all is compiled. */
  private static double rate(List<String> texts, Consumer<String> work) {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 40; run++) {
      long start = THREADS.getCurrentThreadCpuTime();
      texts.forEach(work);
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
    }
    return texts.size() * 1e6 / best;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a sound case is not taken");
    }
  }

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    List<String> texts = Files.readAllLines(Path.of(arguments[0]));
    Options options = new Options().alternatives(false);
    double byHand = rate(texts, text -> check(ByHand.validate(new Json(text).read()).isEmpty()));
    double ours = rate(texts, text -> check(Validator.validateText(text, options) != null));
    show("by hand, from text", byHand, byHand);
    show("generated, from text, all reasons", ours, byHand);
  }

  private static void show(String name, double found, double byHand) {
    System.out.printf("java        %-44s %9.1f  %8.2f x the time by hand%n", name, found, byHand / found);
  }

  /** Reads sound JSON into maps, lists, texts, numbers and truth values. */
  private static final class Json {
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Map<?, ?> read() {
      return (Map<?, ?>) value();
    }

    private Object value() {
      blanks();
      switch (text.charAt(at)) {
        case '{':
          return object();
        case '[':
          return list();
        case '"':
          return string();
        case 't':
          at += 4;
          return true;
        case 'f':
          at += 5;
          return false;
        case 'n':
          at += 4;
          return null;
        default:
          return number();
      }
    }

    private void blanks() {
      while (text.charAt(at) <= ' ') {
        at++;
      }
    }

    /** Whether another one follows; past the comma or the bracket. */
    private boolean more() {
      blanks();
      return text.charAt(at++) == ',';
    }

    private boolean isEmpty(char close) {
      at++;
      blanks();
      boolean empty = text.charAt(at) == close;
      at += empty ? 1 : 0;
      return empty;
    }

    private Map<String, Object> object() {
      Map<String, Object> members = new LinkedHashMap<>();
      if (isEmpty('}')) {
        return members;
      }
      do {
        blanks();
        String name = string();
        blanks();
        at++;
        members.put(name, value());
      } while (more());
      return members;
    }

    private List<Object> list() {
      List<Object> items = new ArrayList<>();
      if (isEmpty(']')) {
        return items;
      }
      do {
        items.add(value());
      } while (more());
      return items;
    }

    private String string() {
      int start = ++at;
      while (text.charAt(at) != '"' && text.charAt(at) != '\\') {
        at++;
      }
      if (text.charAt(at) == '"') {
        return text.substring(start, at++);
      }
      StringBuilder whole = new StringBuilder(text.substring(start, at));
      while (text.charAt(at) != '"') {
        whole.append(text.charAt(at) == '\\' ? escape() : text.charAt(at));
        at++;
      }
      at++;
      return whole.toString();
    }

    private char escape() {
      at++;
      switch (text.charAt(at)) {
        case 'b':
          return '\b';
        case 'f':
          return '\f';
        case 'n':
          return '\n';
        case 'r':
          return '\r';
        case 't':
          return '\t';
        case 'u':
          at += 4;
          return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        default:
          return text.charAt(at);
      }
    }

    private Object number() {
      int start = at;
      while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String digits = text.substring(start, at);
      return digits.chars().allMatch(c -> c == '-' || Character.isDigit(c))
          ? (Object) Long.valueOf(digits)
          : (Object) new java.math.BigDecimal(digits);
    }
  }
}
