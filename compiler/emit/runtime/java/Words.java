package programme.runtime;

/** A text in both languages. */
record Words(String zh, String en) {
  /** The same in all languages. */
  Words(String text) {
    this(text, text);
  }

  /** In one language. */
  String in(String lang) {
    return lang.equals("en") ? en : zh;
  }

  /** Words about a label. */
  Words about(Words label) {
    return with("{}", label);
  }

  /** Words about a text. */
  Words about(String text) {
    return with("{}", new Words(text));
  }

  /** Words about a second label. */
  Words aboutAlso(Words label) {
    return with("{2}", label);
  }

  private Words with(String place, Words label) {
    return new Words(once(zh, place, label.zh), once(en, place, label.en));
  }

  /** The text with the first occurrence replaced. */
  private static String once(String text, String place, String by) {
    int at = text.indexOf(place);
    return at < 0 ? text : text.substring(0, at) + by + text.substring(at + place.length());
  }

  /** One text after another, in each language. */
  Words then(Words more) {
    return new Words(zh + more.zh, en + more.en);
  }
}
