package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A reported number or answer. */
public final class TargetInput extends Named {
  /** The member of a report in which it stands. */
  String place;

  /** What is entered. */
  FieldType type;

  /** The closed list for each value of which there is one. */
  String forAll;

  /** The least value, in base units. */
  Exact least;

  /** The greatest value, in base units. */
  Exact most;

  /** Nothing is said of it yet. */
  public TargetInput() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public TargetInput key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public TargetInput name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public TargetInput label(String zh) {
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
  public TargetInput label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public TargetInput clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says the member of a report in which it stands.
   *
   * @param place the member of a report in which it stands
   * @return this
   */
  public TargetInput place(String place) {
    this.place = place;
    return this;
  }

  /**
   * Says what is entered.
   *
   * @param type what is entered
   * @return this
   */
  public TargetInput type(FieldType type) {
    this.type = type;
    return this;
  }

  /**
   * Says the closed list for each value of which there is one.
   *
   * @param forAll the closed list for each value of which there is one
   * @return this
   */
  public TargetInput forAll(String forAll) {
    this.forAll = forAll;
    return this;
  }
}
