package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A column of a summary. */
public final class Column extends Named {
  /** Where it stands in a row. */
  String pointer;

  /** What is entered. */
  FieldType type;

  /** Whether it may be left blank. */
  boolean optional;

  /** What a difference weighs. */
  String strength;

  /** By track, what it repeats. */
  final Map<String, Expr> value = new HashMap<>();

  /** How that is shown. */
  ValueType shown;

  /** Nothing is said of it yet. */
  public Column() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Column key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Column name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Column label(String zh) {
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
  public Column label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says where it stands in a row.
   *
   * @param pointer where it stands in a row
   * @return this
   */
  public Column pointer(String pointer) {
    this.pointer = pointer;
    return this;
  }

  /**
   * Says what is entered.
   *
   * @param type what is entered
   * @return this
   */
  public Column type(FieldType type) {
    this.type = type;
    return this;
  }

  /**
   * Says that it may be left blank.
   *
   * @return this
   */
  public Column optional() {
    optional = true;
    return this;
  }

  /**
   * Says what a difference weighs.
   *
   * @param strength what a difference weighs
   * @return this
   */
  public Column strength(String strength) {
    this.strength = strength;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Column clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says by track, what it repeats.
   *
   * @param track the track's key
   * @param value by track, what it repeats
   * @return this
   */
  public Column value(String track, Expr value) {
    this.value.put(track, value);
    return this;
  }

  /**
   * Says how that is shown.
   *
   * @param shown how that is shown
   * @return this
   */
  public Column shown(ValueType shown) {
    this.shown = shown;
    return this;
  }
}
