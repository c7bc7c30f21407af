package programme.runtime;

/** A stage by name. */
public final class StageName {
  /** Its key. */
  String key;

  /** Its name, where that is another. */
  String name;

  /** Its label. */
  Words label;

  /** Nothing is said of it yet. */
  public StageName() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public StageName key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public StageName name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public StageName label(String zh) {
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
  public StageName label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }
}
