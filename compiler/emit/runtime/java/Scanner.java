package programme.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * JSON, read strictly (RFC 8259).
 *
 * <p>Always: no number passes through a float; a member written twice, half a character, nesting
 * over 64 or a text over 16 MiB is refused.
 */
final class Scanner {
  /** How deep brackets may nest. */
  static final int DEPTH = 64;

  /** How large a text may be, in bytes. */
  private static final int SIZE = 16 * 1024 * 1024;

  private static final char END = '\uffff';

  private final String text;
  private final List<String> path = new ArrayList<>();
  private int at;
  private int depth;

  private Scanner(String text) {
    this.text = text;
  }

  /** Reads a whole text. */
  static Spot scan(String text) {
    if (text.length() > SIZE / 3 && bytesOf(text) > SIZE) {
      Words words = new Words("文本超过 16 MiB", "the text is larger than 16 MiB");
      throw new Refusal(Shared.TOO_LARGE, 0, "", words);
    }
    Scanner scanner = new Scanner(text);
    scanner.blanks();
    Spot spot = scanner.value();
    scanner.blanks();
    if (scanner.at < text.length()) {
      throw scanner.notJson("JSON 结束后还有内容", "something follows the end of the JSON");
    }
    return spot;
  }

  /** How many bytes a text takes in UTF-8. */
  private static long bytesOf(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes++;
        i++;
      }
    }
    return bytes;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private boolean ended() {
    return at >= text.length();
  }

  private Refusal fault(String code, int place, String zh, String en) {
    StringBuilder pointer = new StringBuilder();
    for (String name : path) {
      pointer.append(Pointer.below("", name));
    }
    return new Refusal(code, place, pointer.toString(), new Words(zh, en));
  }

  private Refusal notJson(String zh, String en) {
    return fault(Shared.NOT_JSON, Math.min(at, text.length()), zh, en);
  }

  private void blanks() {
    for (char c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) {
      at++;
    }
  }

  private Spot value() {
    int start = at;
    char first = peek();
    Object node =
        switch (first) {
          case '"' -> string();
          case '{' -> nested(true);
          case '[' -> nested(false);
          case 't' -> word("true", Boolean.TRUE);
          case 'f' -> word("false", Boolean.FALSE);
          case 'n' -> word("null", null);
          case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
          default -> {
            if (ended()) {
              throw notJson("JSON 没有写完", "the JSON ends too soon");
            }
            throw notJson("此处不是 JSON 值", "no JSON value stands here");
          }
        };
    return new Spot(start, node);
  }

  private Boolean word(String word, Boolean value) {
    if (!text.startsWith(word, at)) {
      throw notJson("此处不是 JSON 值", "no JSON value stands here");
    }
    at += word.length();
    return value;
  }

  private Object nested(boolean object) {
    if (depth == DEPTH) {
      throw tooDeep(at, fault("", at, "", "").pointer());
    }
    depth++;
    at++;
    Object node = object ? members() : list();
    depth--;
    return node;
  }

  /** Refuses: brackets nest too deep. */
  static Refusal tooDeep(int at, String pointer) {
    Words words =
        new Words("括号嵌套超过 " + DEPTH + " 层", "brackets nest deeper than " + DEPTH);
    return new Refusal(Shared.TOO_DEEP, at, pointer, words);
  }

  /** After an item: true if another follows, false at the closing bracket. */
  private boolean more(char close) {
    blanks();
    if (peek() == ',') {
      at++;
      blanks();
      return true;
    }
    if (ended()) {
      throw notJson("JSON 没有写完", "the JSON ends too soon");
    }
    if (peek() != close) {
      throw notJson("此处应为逗号或右括号", "a comma or a closing bracket should stand here");
    }
    at++;
    return false;
  }

  /** Whether the brackets close at once. */
  private boolean closes(char close) {
    blanks();
    if (peek() != close) {
      return false;
    }
    at++;
    return true;
  }

  private Spot.Listed list() {
    List<Spot> items = new ArrayList<>();
    if (closes(']')) {
      return new Spot.Listed(items);
    }
    do {
      path.add(Integer.toString(items.size()));
      items.add(value());
      path.remove(path.size() - 1);
    } while (more(']'));
    return new Spot.Listed(items);
  }

  private Spot.Members members() {
    List<Spot.Member> members = new ArrayList<>();
    if (closes('}')) {
      return new Spot.Members(members);
    }
    Set<String> names = new HashSet<>();
    do {
      members.add(member(names));
    } while (more('}'));
    return new Spot.Members(members);
  }

  private Spot.Member member(Set<String> names) {
    int start = at;
    if (peek() != '"') {
      throw notJson("此处应为带引号的成员名", "a quoted member name should stand here");
    }
    String name = string();
    path.add(name);
    if (!names.add(name)) {
      String zh = "“" + name + "”写了两次";
      throw fault(Shared.DUPLICATE_MEMBER, start, zh, "`" + name + "` stands twice");
    }
    blanks();
    if (peek() != ':') {
      throw notJson("成员名后应为冒号", "a colon should follow the member name");
    }
    at++;
    blanks();
    Spot.Member member = new Spot.Member(name, start, value());
    path.remove(path.size() - 1);
    return member;
  }

  private Spot.Digits number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    return new Spot.Digits(text.substring(start, at));
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw notJson("此处应为数字", "a digit should stand here");
    }
  }

  private String string() {
    at++;
    int start = at;
    StringBuilder built = null;
    for (; ; ) {
      char c = peek();
      if (c == '"') {
        break;
      }
      if (c == END && ended()) {
        throw notJson("字符串没有写完", "the string ends too soon");
      }
      if (c < ' ') {
        throw notJson(
            "字符串里有未转义的控制字符", "an unescaped control character stands in a string");
      }
      if (c != '\\') {
        at++;
        continue;
      }
      built = built == null ? new StringBuilder() : built;
      built.append(text, start, at);
      escape(built);
      start = at;
    }
    String value =
        built == null
            ? text.substring(start, at)
            : built.append(text, start, at).toString();
    // Escapes have been checked: a half that is left stood in the text itself.
    if (hasHalf(value)) {
      throw notJson("文本里有半个字符", "half of a character stands in the text");
    }
    at++;
    return value;
  }

  /** Whether half of a character stands in a text. */
  static boolean hasHalf(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) {
        return true;
      }
      i++;
    }
    return false;
  }

  private void escape(StringBuilder out) {
    at++;
    char letter = peek();
    switch (letter) {
      case 'u' -> {
        unicode(out);
        return;
      }
      case '"', '\\', '/' -> out.append(letter);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      default -> throw notJson("无法识别的转义", "this escape is not known");
    }
    at++;
  }

  private void unicode(StringBuilder out) {
    StringBuilder character = new StringBuilder();
    character.append(hex());
    if (Character.isHighSurrogate(character.charAt(0)) && text.startsWith("\\u", at)) {
      at++;
      character.append(hex());
    }
    if (hasHalf(character)) {
      throw notJson("转义不是完整的字符", "the escape is not a whole character");
    }
    out.append(character);
  }

  /** At the `u`: four hex digits. */
  private char hex() {
    at++;
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char c = at + i < text.length() ? text.charAt(at + i) : END;
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw notJson("\\u 后应有四位十六进制数", "four hex digits should follow \\u");
      }
      value = value * 16 + digit;
    }
    at += 4;
    return (char) value;
  }
}
