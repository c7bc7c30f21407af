package programme.runtime;

import java.math.BigInteger;

/**
 * An exact number: a whole one, or a reduced ratio.
 *
 * <p>Always: no floating point; what fits a {@code long} is kept in one, with overflow going over to
 * {@link BigInteger}; rounding only by name; a division by zero is null.
 */
public final class Exact implements Value, Comparable<Exact> {
  /** Nothing. */
  static final Exact ZERO = of(0);

  /** One. */
  static final Exact ONE = of(1);

  private static final Exact HALF = new Exact(0, BigInteger.ONE, BigInteger.TWO);
  private static final BigInteger FIVE = BigInteger.valueOf(5);

  /** The number, if it is whole and fits; then the other two are null. */
  private final long small;

  private final BigInteger numerator;
  private final BigInteger denominator;

  private Exact(long small, BigInteger numerator, BigInteger denominator) {
    this.small = small;
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** A whole number. */
  static Exact of(long value) {
    return new Exact(value, null, null);
  }

  /** A whole number of any size. */
  static Exact of(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? of(value.longValue())
        : new Exact(0, value, BigInteger.ONE);
  }

  /** The exact quotient of two whole numbers, the second not zero. */
  static Exact ratio(BigInteger numerator, BigInteger denominator) {
    BigInteger common = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      common = common.negate();
    }
    BigInteger under = denominator.divide(common);
    BigInteger over = numerator.divide(common);
    return under.equals(BigInteger.ONE) ? of(over) : new Exact(0, over, under);
  }

  /** Reads {@code -?digits[.digits]}; null for any other text. */
  static Exact parse(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int whole = (point < 0 ? text.length() : point) - start;
    int fraction = point < 0 ? 0 : text.length() - point - 1;
    if (whole < 1 || (point >= 0 && fraction < 1)) {
      return null;
    }
    String digits = text.substring(start, start + whole) + text.substring(text.length() - fraction);
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return null;
      }
    }
    if (digits.length() < 19) {
      long value = Long.parseLong(digits);
      return ratio(start == 1 ? -value : value, tenTo(fraction));
    }
    BigInteger value = new BigInteger(digits);
    return ratio(start == 1 ? value.negate() : value, BigInteger.TEN.pow(fraction));
  }

  private static long tenTo(int digits) {
    long power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return power;
  }

  /** The exact quotient of two whole numbers, the second above zero. */
  private static Exact ratio(long numerator, long denominator) {
    long common = Math.abs(numerator);
    for (long left = denominator; left != 0; ) {
      long rest = common % left;
      common = left;
      left = rest;
    }
    BigInteger over = BigInteger.valueOf(numerator / common);
    return denominator == common
        ? of(numerator / common)
        : new Exact(0, over, BigInteger.valueOf(denominator / common));
  }

  private boolean isSmall() {
    return numerator == null;
  }

  /** Whether the number is whole. */
  boolean isWhole() {
    return numerator == null || denominator.equals(BigInteger.ONE);
  }

  /** What stands above the line. */
  BigInteger over() {
    return numerator == null ? BigInteger.valueOf(small) : numerator;
  }

  /** What stands below the line: above nothing. */
  BigInteger under() {
    return denominator == null ? BigInteger.ONE : denominator;
  }

  /** Below zero, zero or above zero. */
  int signum() {
    return numerator == null ? Long.signum(small) : numerator.signum();
  }

  /** This and another. */
  Exact plus(Exact y) {
    if (isSmall() && y.isSmall()) {
      long sum = small + y.small;
      if (((small ^ sum) & (y.small ^ sum)) >= 0) {
        return of(sum);
      }
    }
    BigInteger left = over().multiply(y.under());
    return ratio(left.add(y.over().multiply(under())), under().multiply(y.under()));
  }

  /** This less another. */
  Exact minus(Exact y) {
    return plus(y.negate());
  }

  /** This times another. */
  Exact times(Exact y) {
    if (isSmall() && y.isSmall()) {
      long product = small * y.small;
      if (Math.multiplyHigh(small, y.small) == product >> (Long.SIZE - 1)) {
        return of(product);
      }
    }
    return ratio(over().multiply(y.over()), under().multiply(y.under()));
  }

  /** This divided by another; null when that is zero. */
  Exact dividedBy(Exact y) {
    if (y.signum() == 0) {
      return null;
    }
    return ratio(over().multiply(y.under()), under().multiply(y.over()));
  }

  /** The opposite. */
  Exact negate() {
    if (isSmall() && small != Long.MIN_VALUE) {
      return of(-small);
    }
    return isWhole() ? of(over().negate()) : new Exact(0, numerator.negate(), denominator);
  }

  @Override
  public int compareTo(Exact y) {
    if (isSmall() && y.isSmall()) {
      return Long.compare(small, y.small);
    }
    return over().multiply(y.under()).compareTo(y.over().multiply(under()));
  }

  /** The greatest whole number not above this. */
  private BigInteger floor() {
    BigInteger[] parts = over().divideAndRemainder(under());
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** Rounds to so many digits after the point. */
  Exact round(Rounding mode, int digits) {
    BigInteger power = BigInteger.TEN.pow(digits);
    Exact scaled = times(of(power));
    if (scaled.isWhole()) {
      return this;
    }
    BigInteger below = scaled.floor();
    boolean negative = scaled.signum() < 0;
    int half = scaled.minus(of(below)).compareTo(HALF);
    boolean up =
        switch (mode) {
          case UP -> !negative;
          case DOWN -> negative;
          case HALF_EVEN -> half == 0 ? below.testBit(0) : half > 0;
          case HALF_UP -> half == 0 ? !negative : half > 0;
        };
    return ratio(up ? below.add(BigInteger.ONE) : below, power);
  }

  /** The fewest digits after the point that show this exactly; -1 for a ratio such as 1/3. */
  private int scale() {
    int twos = under().getLowestSetBit();
    BigInteger rest = under().shiftRight(twos);
    int fives = 0;
    for (; rest.mod(FIVE).signum() == 0; fives++) {
      rest = rest.divide(FIVE);
    }
    return rest.equals(BigInteger.ONE) ? Math.max(twos, fives) : -1;
  }

  /** Shows this with exactly so many digits after the point; null if that would lose something. */
  String toDecimal(int digits) {
    if (digits == 0) {
      return isWhole() ? over().toString() : null;
    }
    Exact scaled = times(of(BigInteger.TEN.pow(digits)));
    if (!scaled.isWhole()) {
      return null;
    }
    String size = scaled.over().abs().toString();
    String shown = "0".repeat(Math.max(0, digits + 1 - size.length())) + size;
    int point = shown.length() - digits;
    String sign = scaled.signum() < 0 ? "-" : "";
    return sign + shown.substring(0, point) + "." + shown.substring(point);
  }

  /** The shortest exact decimal, or {@code n/d} for a ratio that has none. */
  @Override
  public String toString() {
    if (isWhole()) {
      return isSmall() ? Long.toString(small) : numerator.toString();
    }
    int digits = scale();
    return digits < 0 ? numerator + "/" + denominator : toDecimal(digits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Exact number && compareTo(number) == 0;
  }

  @Override
  public int hashCode() {
    return isSmall() ? Long.hashCode(small) : over().hashCode() * 31 + under().hashCode();
  }
}
