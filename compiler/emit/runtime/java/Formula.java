package programme.runtime;

/** What an indicator is computed from. */
public final class Formula {
  /** Its value. */
  Expr value;

  /** Of a ratio the numerator. */
  Expr part;

  /** Of a ratio the denominator. */
  Expr base;

  /** Nothing is said of it yet. */
  public Formula() {}

  /**
   * Says its value.
   *
   * @param value its value
   * @return this
   */
  public Formula value(Expr value) {
    this.value = value;
    return this;
  }

  /**
   * Says of a ratio the numerator.
   *
   * @param part of a ratio the numerator
   * @return this
   */
  public Formula part(Expr part) {
    this.part = part;
    return this;
  }

  /**
   * Says of a ratio the denominator.
   *
   * @param base of a ratio the denominator
   * @return this
   */
  public Formula base(Expr base) {
    this.base = base;
    return this;
  }
}
