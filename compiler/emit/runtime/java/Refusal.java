package programme.runtime;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * Why a text or case is not taken: a code, words, a place.
 *
 * <p>Always: in a text the place is a line and a column, both from 1, the column in characters.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The code. */
  private final String code;

  /** What is refused. */
  private final String pointer;

  /** Why, in Chinese. */
  private final String zh;

  /** What to do, in Chinese. */
  private final String helpZh;

  /** What to do, in English. */
  private final String helpEn;

  /** Where it is in the text, in UTF-16 units. */
  private final int at;

  /** The line, from 1; 0 where no text was read. */
  private int line;

  /** The column, from 1; 0 where no text was read. */
  private int column;

  Refusal(String code, int at, String pointer, Words words) {
    this(code, at, pointer, words, null);
  }

  Refusal(String code, int at, String pointer, Words words, Words help) {
    super(words.en());
    this.code = code;
    this.at = at;
    this.pointer = pointer;
    this.zh = words.zh();
    this.helpZh = help == null ? "" : help.zh();
    this.helpEn = help == null ? "" : help.en();
  }

  /**
   * The code, as {@code prog explain} knows it.
   *
   * @return the code
   */
  public String code() {
    return code;
  }

  /**
   * What is refused, as JSON pointer.
   *
   * @return the pointer
   */
  public String pointer() {
    return pointer;
  }

  /**
   * The line, from 1.
   *
   * @return the line; 0 where no text was read
   */
  public int line() {
    return line;
  }

  /**
   * The column, in characters from 1.
   *
   * @return the column; 0 where no text was read
   */
  public int column() {
    return column;
  }

  /**
   * Why, in Chinese; {@link #getMessage()} gives it in English.
   *
   * @return the words
   */
  public String zh() {
    return zh;
  }

  /**
   * What to do, in Chinese.
   *
   * @return the words; empty where there are none
   */
  public String helpZh() {
    return helpZh;
  }

  /**
   * What to do, in English.
   *
   * @return the words; empty where there are none
   */
  public String helpEn() {
    return helpEn;
  }

  /** Runs a reader over a text that starts so many lines down; what it refuses gets its place. */
  static <T> T reading(String text, int linesBefore, Supplier<T> read) {
    try {
      return read.get();
    } catch (Refusal refusal) {
      refusal.place(text, linesBefore);
      throw refusal;
    }
  }

  private void place(String text, int linesBefore) {
    String before = text.substring(0, Math.max(0, Math.min(at, text.length())));
    int start = before.lastIndexOf('\n') + 1;
    line = (int) before.chars().filter(c -> c == '\n').count() + 1 + linesBefore;
    column = before.codePointCount(start, before.length()) + 1;
  }

  /** Words for the name that was probably meant, else for what there is; null where is nothing. */
  static Words meant(String given, Collection<String> names) {
    String near = nearest(given, names);
    if (near != null) {
      return new Words("是不是“" + near + "”？", "did you mean `" + near + "`?");
    }
    return names.isEmpty() ? null : thereAre(names);
  }

  /** Words for what there is to choose from. */
  static Words thereAre(Collection<String> names) {
    return new Words(
        "可选：" + String.join("、", names), "there are: `" + String.join("`, `", names) + "`");
  }

  /** The name that was probably meant; null if none is near. */
  private static String nearest(String given, Collection<String> names) {
    int[] letters = given.codePoints().toArray();
    String best = null;
    int far = 0;
    int length = 0;
    for (String name : names) {
      int[] other = name.codePoints().toArray();
      int distance = distance(letters, other);
      if (best == null || distance < far) {
        best = name;
        far = distance;
        length = other.length;
      }
    }
    return best != null && far * 2 < Math.max(Math.max(letters.length, length), 2) ? best : null;
  }

  /** How many changes lead from one text to the other (Levenshtein). */
  private static int distance(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 0; i < a.length; i++) {
      int diagonal = row[0];
      row[0] = i + 1;
      for (int j = 0; j < b.length; j++) {
        int changed = diagonal + (a[i] == b[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = Math.min(changed, Math.min(row[j + 1], row[j]) + 1);
      }
    }
    return row[b.length];
  }
}
