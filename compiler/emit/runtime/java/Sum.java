package programme.runtime;

/**
 * Between which a number lies; an open end is null.
 *
 * @param least the lower end
 * @param most the upper end
 */
record Sum(Exact least, Exact most) {
  /** Nothing. */
  static final Sum NOTHING = new Sum(Exact.ZERO, Exact.ZERO);

  /** Where a value lies; a known one is both ends. */
  static Sum of(Value value) {
    return new Sum(Values.low(value), Values.high(value));
  }

  /** What a value adds: nothing where it has none, and nothing below zero where it is open. */
  static Sum added(Value value) {
    if (value == null) {
      return NOTHING;
    }
    Sum sum = of(value);
    // The compiler has seen to it, save for money, of which it is expected.
    boolean isBelow = sum.least == null || (value instanceof Unknown && sum.least.signum() < 0);
    return isBelow ? new Sum(Exact.ZERO, sum.most) : sum;
  }

  /** The number, where both ends are the same; else null. */
  Exact exactly() {
    return least != null && least.equals(most) ? least : null;
  }

  /** a + b; null where one of them is. */
  static Exact plus(Exact a, Exact b) {
    return a == null || b == null ? null : a.plus(b);
  }

  /** a − b; null where one of them is. */
  static Exact minus(Exact a, Exact b) {
    return a == null || b == null ? null : a.minus(b);
  }

  /** The smaller of two. */
  static Exact smaller(Exact a, Exact b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
