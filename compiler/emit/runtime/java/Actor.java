package programme.runtime;

/** Someone who acts. */
public final class Actor extends Named {
  /** The key of which there is one body per value. */
  String per;

  /** The closed list of these values. */
  String keys;

  /** Nothing is said of it yet. */
  public Actor() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Actor key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Actor name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Actor label(String zh) {
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
  public Actor label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says the key of which there is one body per value.
   *
   * @param per the key of which there is one body per value
   * @return this
   */
  public Actor per(String per) {
    this.per = per;
    return this;
  }

  /**
   * Says the closed list of these values.
   *
   * @param keys the closed list of these values
   * @return this
   */
  public Actor keys(String keys) {
    this.keys = keys;
    return this;
  }
}
