package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is entered in a field. */
public final class FieldType {
  /** Its kind. */
  String kind;

  /** Digits after the point. */
  Integer digits;

  /** Kinds of files. */
  final List<String> kinds = new ArrayList<>();

  /** Whether the file bears a seal. */
  boolean sealed;

  /** The closed list. */
  String list;

  /** The group of fields. */
  String record;

  /** What each item of a list is. */
  FieldType item;

  /** How many base units one of the entered unit is. */
  Exact size;

  /** The least value, in its unit. */
  Exact low;

  /** The greatest value, in its unit. */
  Exact high;

  /** The step, in its unit. */
  Exact step;

  /** Limits on its length. */
  final List<Limit> limits = new ArrayList<>();

  /** Whether these count every character, not 字数. */
  boolean characters;

  /** Nothing is said of it yet. */
  public FieldType() {}

  /**
   * Says its kind.
   *
   * @param kind its kind
   * @return this
   */
  public FieldType kind(String kind) {
    this.kind = kind;
    return this;
  }

  /**
   * Says digits after the point.
   *
   * @param digits digits after the point
   * @return this
   */
  public FieldType digits(int digits) {
    this.digits = digits;
    return this;
  }

  /**
   * Says kinds of files.
   *
   * @param more kinds of files
   * @return this
   */
  public FieldType kinds(String... more) {
    Collections.addAll(kinds, more);
    return this;
  }

  /**
   * Says that the file bears a seal.
   *
   * @return this
   */
  public FieldType sealed() {
    sealed = true;
    return this;
  }

  /**
   * Says the closed list.
   *
   * @param list the closed list
   * @return this
   */
  public FieldType list(String list) {
    this.list = list;
    return this;
  }

  /**
   * Says the group of fields.
   *
   * @param record the group of fields
   * @return this
   */
  public FieldType record(String record) {
    this.record = record;
    return this;
  }

  /**
   * Says what each item of a list is.
   *
   * @param item what each item of a list is
   * @return this
   */
  public FieldType item(FieldType item) {
    this.item = item;
    return this;
  }

  /**
   * Says how many base units one of the entered unit is.
   *
   * @param size how many base units one of the entered unit is
   * @return this
   */
  public FieldType size(Exact size) {
    this.size = size;
    return this;
  }

  /**
   * Says the least value, in its unit.
   *
   * @param low the least value, in its unit
   * @return this
   */
  public FieldType low(Exact low) {
    this.low = low;
    return this;
  }

  /**
   * Says the greatest value, in its unit.
   *
   * @param high the greatest value, in its unit
   * @return this
   */
  public FieldType high(Exact high) {
    this.high = high;
    return this;
  }

  /**
   * Says the step, in its unit.
   *
   * @param step the step, in its unit
   * @return this
   */
  public FieldType step(Exact step) {
    this.step = step;
    return this;
  }

  /**
   * Says limits on its length.
   *
   * @param more limits on its length
   * @return this
   */
  public FieldType limits(Limit... more) {
    Collections.addAll(limits, more);
    return this;
  }

  /**
   * Says that its length counts every character.
   *
   * @return this
   */
  public FieldType characters() {
    this.characters = true;
    return this;
  }
}
