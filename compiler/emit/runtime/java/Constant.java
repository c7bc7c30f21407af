package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A value of the programme. */
public final class Constant extends Named {
  /** Whether it is made of the cases of a batch. */
  boolean batch;

  /** Its value. */
  Expr value;

  /** Nothing is said of it yet. */
  public Constant() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Constant key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Constant name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Constant label(String zh) {
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
  public Constant label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Constant clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says that it is made of the cases of a batch.
   *
   * @return this
   */
  public Constant batch() {
    batch = true;
    return this;
  }

  /**
   * Says its value.
   *
   * @param value its value
   * @return this
   */
  public Constant value(Expr value) {
    this.value = value;
    return this;
  }
}
