
  /**
   * A report as canonical JSON (RFC 8785).
   *
   * @param report the report
   * @return the text
   */
  public static String reportToText(Report report) {
    return report.toText();
  }

  /**
   * 字数 of a text, as offices count it.
   *
   * @param text the text
   * @param withPunctuation whether East-Asian punctuation counts
   * @return the number
   */
  public static int charCount(String text, boolean withPunctuation) {
    return Judge.charCount(text, withPunctuation);
  }
