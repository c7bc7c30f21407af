package programme.runtime;

/** What a value is held against. */
public final class Bound {
  /** How. */
  String kind;

  /** The limit, of two the lower. */
  Expr limit;

  /** How it is shown. */
  ValueType type;

  /** The upper limit. */
  Expr high;

  /** Nothing is said of it yet. */
  public Bound() {}

  /**
   * Says how.
   *
   * @param kind how
   * @return this
   */
  public Bound kind(String kind) {
    this.kind = kind;
    return this;
  }

  /**
   * Says the limit, of two the lower.
   *
   * @param limit the limit, of two the lower
   * @return this
   */
  public Bound limit(Expr limit) {
    this.limit = limit;
    return this;
  }

  /**
   * Says how it is shown.
   *
   * @param type how it is shown
   * @return this
   */
  public Bound type(ValueType type) {
    this.type = type;
    return this;
  }

  /**
   * Says the upper limit.
   *
   * @param high the upper limit
   * @return this
   */
  public Bound high(Expr high) {
    this.high = high;
    return this;
  }
}
