package programme.runtime;

/** A key between two numbers. */
public final class Band extends KeyCell {
  private Exact low;
  private Exact high;
  private boolean above;
  private boolean below;

  /** Every number. */
  public Band() {}

  /**
   * Says from where.
   *
   * @param low the least number
   * @return this
   */
  public Band low(Exact low) {
    this.low = low;
    return this;
  }

  /**
   * Says to where.
   *
   * @param high the greatest number
   * @return this
   */
  public Band high(Exact high) {
    this.high = high;
    return this;
  }

  /**
   * Says that the least number itself lies outside.
   *
   * @return this
   */
  public Band above() {
    above = true;
    return this;
  }

  /**
   * Says that the greatest number itself lies outside.
   *
   * @return this
   */
  public Band below() {
    below = true;
    return this;
  }

  @Override
  boolean fits(Scope c, Value key) {
    if (!(key instanceof Exact number)) {
      return false;
    }
    int overLow = low == null ? 1 : number.compareTo(low);
    int underHigh = high == null ? -1 : number.compareTo(high);
    return (above ? overLow > 0 : overLow >= 0) && (below ? underHigh < 0 : underHigh <= 0);
  }
}
