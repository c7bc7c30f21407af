package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A fact or a field of a form. */
public final class Input extends Named {
  /** Where it stands in a case. */
  String pointer;

  /** What is entered. */
  FieldType type;

  /** How its value is shown. */
  ValueType shown;

  /** Whether it may be left out. */
  boolean optional;

  /** Whether it bears a seal. */
  boolean seal;

  /** The form it belongs to. */
  String form;

  /** The stage at which it is due. */
  String stage;

  /** When it is relevant. */
  Expr when;

  /** Where it comes from, unless it is entered. */
  String origin;

  /** The materials that show it. */
  final List<String> with = new ArrayList<>();

  /** Who judges it. */
  String by;

  /** The materials it is judged on. */
  final List<String> on = new ArrayList<>();

  /** The register it is taken from. */
  String register;

  /** The day for which the register is asked. */
  Expr asOf;

  /** What it is computed from. */
  Expr value;

  /** The least value, in base units. */
  Exact least;

  /** The greatest value, in base units. */
  Exact most;

  /** Nothing is said of it yet. */
  public Input() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Input key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Input name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Input label(String zh) {
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
  public Input label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says where it stands in a case.
   *
   * @param pointer where it stands in a case
   * @return this
   */
  public Input pointer(String pointer) {
    this.pointer = pointer;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Input clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says what is entered.
   *
   * @param type what is entered
   * @return this
   */
  public Input type(FieldType type) {
    this.type = type;
    return this;
  }

  /**
   * Says how its value is shown.
   *
   * @param shown how its value is shown
   * @return this
   */
  public Input shown(ValueType shown) {
    this.shown = shown;
    return this;
  }

  /**
   * Says that it may be left out.
   *
   * @return this
   */
  public Input optional() {
    optional = true;
    return this;
  }

  /**
   * Says that it bears a seal.
   *
   * @return this
   */
  public Input seal() {
    seal = true;
    return this;
  }

  /**
   * Says the form it belongs to.
   *
   * @param form the form it belongs to
   * @return this
   */
  public Input form(String form) {
    this.form = form;
    return this;
  }

  /**
   * Says the stage at which it is due.
   *
   * @param stage the stage at which it is due
   * @return this
   */
  public Input stage(String stage) {
    this.stage = stage;
    return this;
  }

  /**
   * Says when it is relevant.
   *
   * @param when when it is relevant
   * @return this
   */
  public Input when(Expr when) {
    this.when = when;
    return this;
  }

  /**
   * Says where it comes from, unless it is entered.
   *
   * @param origin where it comes from, unless it is entered
   * @return this
   */
  public Input origin(String origin) {
    this.origin = origin;
    return this;
  }

  /**
   * Says the materials that show it.
   *
   * @param more the materials that show it
   * @return this
   */
  public Input with(String... more) {
    Collections.addAll(with, more);
    return this;
  }

  /**
   * Says who judges it.
   *
   * @param by who judges it
   * @return this
   */
  public Input by(String by) {
    this.by = by;
    return this;
  }

  /**
   * Says the materials it is judged on.
   *
   * @param more the materials it is judged on
   * @return this
   */
  public Input on(String... more) {
    Collections.addAll(on, more);
    return this;
  }

  /**
   * Says the register it is taken from.
   *
   * @param register the register it is taken from
   * @return this
   */
  public Input register(String register) {
    this.register = register;
    return this;
  }

  /**
   * Says the day for which the register is asked.
   *
   * @param asOf the day for which the register is asked
   * @return this
   */
  public Input asOf(Expr asOf) {
    this.asOf = asOf;
    return this;
  }

  /**
   * Says what it is computed from.
   *
   * @param value what it is computed from
   * @return this
   */
  public Input value(Expr value) {
    this.value = value;
    return this;
  }
}
