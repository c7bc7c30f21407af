package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An indicator. */
public final class Indicator extends Named {
  /** What it is computed from. */
  Formula formula;

  /** How it is shown. */
  ValueType type;

  /** The closed list for each value of which there is one. */
  String forAll;

  /** The positions of the inputs it reads. */
  final List<Integer> reads = new ArrayList<>();

  /** The readings it depends on. */
  final List<String> readings = new ArrayList<>();

  /** Its milestones. */
  final List<Milestone> milestones = new ArrayList<>();

  /** Positions of the readings it depends on. */
  int[] uses;

  /** Nothing is said of it yet. */
  public Indicator() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Indicator key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Indicator name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Indicator label(String zh) {
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
  public Indicator label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Indicator clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says what it is computed from.
   *
   * @param formula what it is computed from
   * @return this
   */
  public Indicator formula(Formula formula) {
    this.formula = formula;
    return this;
  }

  /**
   * Says how it is shown.
   *
   * @param type how it is shown
   * @return this
   */
  public Indicator type(ValueType type) {
    this.type = type;
    return this;
  }

  /**
   * Says the closed list for each value of which there is one.
   *
   * @param forAll the closed list for each value of which there is one
   * @return this
   */
  public Indicator forAll(String forAll) {
    this.forAll = forAll;
    return this;
  }

  /**
   * Says the positions of the inputs it reads.
   *
   * @param more the positions of the inputs it reads
   * @return this
   */
  public Indicator reads(int... more) {
    for (int one : more) {
      reads.add(one);
    }
    return this;
  }

  /**
   * Says the readings it depends on.
   *
   * @param more the readings it depends on
   * @return this
   */
  public Indicator readings(String... more) {
    Collections.addAll(readings, more);
    return this;
  }

  /**
   * Says its milestones.
   *
   * @param more its milestones
   * @return this
   */
  public Indicator milestones(Milestone... more) {
    Collections.addAll(milestones, more);
    return this;
  }

  /**
   * Says its milestones.
   *
   * @param more its milestones
   * @return this
   */
  public Indicator milestones(List<Milestone> more) {
    milestones.addAll(more);
    return this;
  }
}
