package programme.runtime;

/** A test by a register's entry. */
public final class ExternalTest extends Test {
  /** The register. */
  String register;

  /** The day for which it is asked. */
  ItemExpr asOf;

  /** Nothing is said of it yet. */
  public ExternalTest() {}

  /**
   * Says the register.
   *
   * @param register the register
   * @return this
   */
  public ExternalTest register(String register) {
    this.register = register;
    return this;
  }

  /**
   * Says the day for which it is asked.
   *
   * @param asOf the day for which it is asked
   * @return this
   */
  public ExternalTest asOf(Expr asOf) {
    this.asOf = (c, item) -> asOf.of(c);
    return this;
  }

  /**
   * Says the day for which it is asked.
   *
   * @param asOf the day for which it is asked, item by item
   * @return this
   */
  public ExternalTest asOf(ItemExpr asOf) {
    this.asOf = asOf;
    return this;
  }
}
