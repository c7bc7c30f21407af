package programme.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A row of a table. */
public final class Row {
  /** Its keys. */
  final List<KeyCell> keys = new ArrayList<>();

  /** Its values, one a column. */
  final List<Expr> values = new ArrayList<>();

  /** Nothing is said of it yet. */
  public Row() {}

  /**
   * Says its keys.
   *
   * @param more its keys
   * @return this
   */
  public Row keys(KeyCell... more) {
    Collections.addAll(keys, more);
    return this;
  }

  /**
   * Says its values, one a column.
   *
   * @param more its values, one a column
   * @return this
   */
  public Row values(Expr... more) {
    Collections.addAll(values, more);
    return this;
  }
}
