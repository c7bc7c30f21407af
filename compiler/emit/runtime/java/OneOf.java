package programme.runtime;

import java.util.List;

/** A key that is one of several values. */
public final class OneOf extends KeyCell {
  private final List<Expr> values;

  /**
   * A key that is one of several values.
   *
   * @param values these
   */
  public OneOf(Expr... values) {
    this.values = List.of(values);
  }

  @Override
  boolean fits(Scope c, Value key) {
    for (Expr value : values) {
      if (Expressions.compareValues(Relation.EQUAL, key, value.of(c)) == Truth.TRUE) {
        return true;
      }
    }
    return false;
  }

  @Override
  Value first(Scope c) {
    return values.isEmpty() ? null : values.get(0).of(c);
  }
}
