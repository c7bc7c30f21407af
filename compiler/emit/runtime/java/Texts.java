package programme.runtime;

/**
 * 字数, as offices count it: each East-Asian character 1, its punctuation 1 (or 0), each run of other
 * characters 1, white space 0.
 *
 * <p>Always: characters are code points, never UTF-16 units; every implementation reads the same
 * ranges ({@link Shared}).
 */
final class Texts {
  private Texts() {}

  /** Whether a code point lies in one of the ranges, which are sorted. */
  static boolean within(int[][] ranges, int c) {
    int low = 0;
    int high = ranges.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (c < ranges[middle][0]) {
        high = middle - 1;
      } else if (c > ranges[middle][1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** 字数 of a text, with or without East-Asian punctuation. */
  static int charCount(String text, boolean withPunctuation) {
    int count = 0;
    boolean inRun = false;
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      boolean punctuation = within(Shared.EAST_ASIAN_PUNCTUATION, c);
      boolean wide = within(Shared.EAST_ASIAN, c);
      boolean other = !wide && !punctuation && !within(Shared.WHITE_SPACE, c);
      if (wide || (punctuation && withPunctuation) || (other && !inRun)) {
        count++;
      }
      inRun = other;
    }
    return count;
  }

  /** How many characters a text has, blanks too; a line break is one, however it is written. */
  static int characterCount(String text) {
    String lines = text.replace("\r\n", "\n");
    return lines.codePointCount(0, lines.length());
  }

  /** Whether a text holds nothing but white space. */
  static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!within(Shared.WHITE_SPACE, text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Order of texts by character (code point), as the other implementations sort. */
  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // A half of a character stands for one beyond all that have no halves.
        boolean half = Character.isSurrogate(x);
        return half == Character.isSurrogate(y) ? x - y : half ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
