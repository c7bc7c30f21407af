package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table whose rows are cases. */
public final class Summary extends Named {
  /** The form it sums up. */
  String form;

  /** Who gives it. */
  String by;

  /** Whether the notice does not have it. */
  boolean absent;

  /** Its columns. */
  final List<Column> columns = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Summary() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Summary key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says its name, where that is another.
   *
   * @param name its name, where that is another
   * @return this
   */
  public Summary name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Says its label.
   *
   * @param zh the words, for all languages
   * @return this
   */
  public Summary label(String zh) {
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
  public Summary label(String zh, String en) {
    label = new Words(zh, en);
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Summary clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says the form it sums up.
   *
   * @param form the form it sums up
   * @return this
   */
  public Summary form(String form) {
    this.form = form;
    return this;
  }

  /**
   * Says who gives it.
   *
   * @param by who gives it
   * @return this
   */
  public Summary by(String by) {
    this.by = by;
    return this;
  }

  /**
   * Says that the notice does not have it.
   *
   * @return this
   */
  public Summary absent() {
    absent = true;
    return this;
  }

  /**
   * Says its columns.
   *
   * @param more its columns
   * @return this
   */
  public Summary columns(Column... more) {
    Collections.addAll(columns, more);
    return this;
  }

  /**
   * Says its columns.
   *
   * @param more its columns
   * @return this
   */
  public Summary columns(List<Column> more) {
    columns.addAll(more);
    return this;
  }
}
