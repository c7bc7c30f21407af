package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table. */
public final class Table {
  /** Its key. */
  String key;

  /** Clause addresses. */
  final List<String> clauses = new ArrayList<>();

  /** {@code match}, {@code lower bound} or {@code upper bound}. */
  String lookup;

  /** Whether the notice does not have it. */
  boolean absent;

  /** The names of its keys. */
  final List<String> keys = new ArrayList<>();

  /** The keys of its columns. */
  final List<String> columns = new ArrayList<>();

  /** Its rows. */
  final List<Row> rows = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Table() {}

  /**
   * Says its key.
   *
   * @param key its key
   * @return this
   */
  public Table key(String key) {
    this.key = key;
    return this;
  }

  /**
   * Says clause addresses.
   *
   * @param more clause addresses
   * @return this
   */
  public Table clauses(String... more) {
    Collections.addAll(clauses, more);
    return this;
  }

  /**
   * Says {@code match}, {@code lower bound} or {@code upper bound}.
   *
   * @param lookup {@code match}, {@code lower bound} or {@code upper bound}
   * @return this
   */
  public Table lookup(String lookup) {
    this.lookup = lookup;
    return this;
  }

  /**
   * Says that the notice does not have it.
   *
   * @return this
   */
  public Table absent() {
    absent = true;
    return this;
  }

  /**
   * Says the names of its keys.
   *
   * @param more the names of its keys
   * @return this
   */
  public Table keys(String... more) {
    Collections.addAll(keys, more);
    return this;
  }

  /**
   * Says the keys of its columns.
   *
   * @param more the keys of its columns
   * @return this
   */
  public Table columns(String... more) {
    Collections.addAll(columns, more);
    return this;
  }

  /**
   * Says its rows.
   *
   * @param more its rows
   * @return this
   */
  public Table rows(Row... more) {
    Collections.addAll(rows, more);
    return this;
  }

  /**
   * Says its rows.
   *
   * @param more its rows
   * @return this
   */
  public Table rows(List<Row> more) {
    rows.addAll(more);
    return this;
  }
}
