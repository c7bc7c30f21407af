package programme.runtime;

/** A test by an expression. */
public final class Condition extends Test {
  /** The expression. */
  ItemExpr value;

  /** Nothing is said of it yet. */
  public Condition() {}

  /**
   * Says the expression.
   *
   * @param value the expression
   * @return this
   */
  public Condition value(Expr value) {
    this.value = (c, item) -> value.of(c);
    return this;
  }

  /**
   * Says the expression.
   *
   * @param value the expression, item by item
   * @return this
   */
  public Condition value(ItemExpr value) {
    this.value = value;
    return this;
  }
}
