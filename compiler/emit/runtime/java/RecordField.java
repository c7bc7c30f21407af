package programme.runtime;

/** A field of a record. */
public final class RecordField extends Named {
  /** What is entered. */
  FieldType type;

  /** Whether it may be left out. */
  boolean optional;

  /** The least value, in base units. */
  Exact least;

  /** The greatest value, in base units. */
  Exact most;

  /** Nothing is said of it yet. */
  public RecordField() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public RecordField key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public RecordField name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public RecordField label(String zh) {
    label = new Words(zh, zh);
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words in Chinese
   * @param en the words in English
   * @return this
   */
  public RecordField label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says what is entered.
   *
   * @param type what is entered
   * @return this
   */
  public RecordField type(FieldType type) {
    this.type = type;
    return this;
  }

  /**
   * Says that it may be left out.
   *
   * @return this
   */
  public RecordField optional() {
    optional = true;
    return this;
  }
}
