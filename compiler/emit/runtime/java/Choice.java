package programme.runtime;

/** A value of a closed list. */
public final class Choice extends Named {
  /** The year since which it is retired. */
  Integer retired;

  /** Nothing is said of it yet. */
  public Choice() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Choice key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Choice name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Choice label(String zh) {
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
  public Choice label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says the year since which it is retired.
   *
   * @param retired the year since which it is retired
   * @return this
   */
  public Choice retired(int retired) {
    this.retired = retired;
    return this;
  }
}
