package programme.runtime;

/** A limit on a length or size. */
public final class Limit {
  /** {@code at most}, {@code at least} or {@code about}. */
  String kind;

  /** The limit. */
  long value;

  /** Nothing is said of it yet. */
  public Limit() {}

  /**
   * Says {@code at most}, {@code at least} or {@code about}.
   *
   * @param kind {@code at most}, {@code at least} or {@code about}
   * @return this
   */
  public Limit kind(String kind) {
    this.kind = kind;
    return this;
  }

  /**
   * Says the limit.
   *
   * @param value the limit
   * @return this
   */
  public Limit value(long value) {
    this.value = value;
    return this;
  }
}
