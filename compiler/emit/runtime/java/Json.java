package programme.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plain Java values as JSON trees, and canonical JSON (RFC 8785). */
final class Json {
  /** About how long a report is. */
  private static final int USUAL = 8192;

  private Json() {}

  /** An object of a report: its members by name, in canonical order. */
  static final class Members extends TreeMap<String, Object> {
    private static final long serialVersionUID = 1L;

    /** With one more member, null or not. */
    Members with(String name, Object value) {
      put(name, value);
      return this;
    }

    /** With one more member, if there is a value. */
    Members withSome(String name, Object value) {
      if (value != null) {
        put(name, value);
      }
      return this;
    }
  }

  /** A plain value as the tree that its JSON text would give. */
  static Spot spotOf(Object value, String pointer, int depth) {
    if (value == null || value instanceof Boolean) {
      return new Spot(-1, value);
    }
    if (value instanceof CharSequence text) {
      if (Scanner.hasHalf(text)) {
        Words words = new Words("文本里有半个字符", "half of a character stands in the text");
        throw new Refusal(Shared.NOT_JSON, -1, pointer, words);
      }
      return new Spot(-1, text.toString());
    }
    if (isExact(value)) {
      return new Spot(-1, new Spot.Digits(value.toString()));
    }
    boolean list = value instanceof Iterable;
    if (!list && !(value instanceof Map)) {
      Words words = new Words("此处不是 JSON 值", "no JSON value stands here");
      throw new Refusal(Shared.NOT_JSON, -1, pointer, words);
    }
    if (depth == Scanner.DEPTH) {
      throw Scanner.tooDeep(-1, pointer);
    }
    return list
        ? listOf((Iterable<?>) value, pointer, depth)
        : membersOf((Map<?, ?>) value, pointer, depth);
  }

  /** Whether a number is exact: a float is none. */
  private static boolean isExact(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal;
  }

  private static Spot listOf(Iterable<?> values, String pointer, int depth) {
    List<Spot> items = new ArrayList<>();
    for (Object item : values) {
      String place = Pointer.below(pointer, Integer.toString(items.size()));
      items.add(spotOf(item, place, depth + 1));
    }
    return new Spot(-1, new Spot.Listed(items));
  }

  private static Spot membersOf(Map<?, ?> values, String pointer, int depth) {
    List<Spot.Member> members = new ArrayList<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      String name = String.valueOf(entry.getKey());
      Spot value = spotOf(entry.getValue(), Pointer.below(pointer, name), depth + 1);
      members.add(new Spot.Member(name, -1, value));
    }
    return new Spot(-1, new Spot.Members(members));
  }

  /** Canonical JSON of a report. */
  static String text(Object value) {
    StringBuilder out = new StringBuilder(USUAL);
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof String text) {
      quote(text, out);
    } else if (value instanceof Map<?, ?> members) {
      String between = "{";
      for (Map.Entry<?, ?> member : members.entrySet()) {
        out.append(between);
        quote((String) member.getKey(), out);
        out.append(':');
        write(member.getValue(), out);
        between = ",";
      }
      out.append(members.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> items) {
      String between = "[";
      for (Object item : items) {
        out.append(between);
        write(item, out);
        between = ",";
      }
      out.append(items.isEmpty() ? "[]" : "]");
    } else {
      out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, plain, i).append(escaped(c));
      plain = i + 1;
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) c);
    };
  }
}
