package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A named value of a case. */
public final class CaseLet extends Named {
  /** How it is shown. */
  ValueType type;

  /** Whether reports list it. */
  boolean listed;

  /** Its value. */
  Expr value;

  /** Nothing is said of it yet. */
  public CaseLet() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public CaseLet key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public CaseLet name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public CaseLet label(String zh) {
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
  public CaseLet label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public CaseLet clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says how it is shown.
   *
   * @param type how it is shown
   * @return this
   */
  public CaseLet type(ValueType type) {
    this.type = type;
    return this;
  }

  /**
   * Says that reports list it.
   *
   * @return this
   */
  public CaseLet listed() {
    listed = true;
    return this;
  }

  /**
   * Says its value.
   *
   * @param value its value
   * @return this
   */
  public CaseLet value(Expr value) {
    this.value = value;
    return this;
  }
}
