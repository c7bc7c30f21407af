package programme.runtime;

import static programme.runtime.Values.high;
import static programme.runtime.Values.low;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that may be unknown: intervals through +, −, × constant, larger, smaller and comparison;
 * nothing else.
 *
 * <p>Always: exact; an open end is null; no value among the operands passes on.
 */
final class Intervals {
  private Intervals() {}

  /** a + b */
  static Value plus(Value a, Value b) {
    if (a instanceof Exact x && b instanceof Exact y) {
      return x.plus(y);
    }
    if (a == null || b == null) {
      return null;
    }
    List<Need> needs = Unknown.bothNeeds(a, b);
    return new Unknown(needs, sum(low(a), low(b)), sum(high(a), high(b)));
  }

  private static Exact sum(Exact x, Exact y) {
    return x == null || y == null ? null : x.plus(y);
  }

  private static Exact product(Exact end, Exact factor) {
    return end == null ? null : end.times(factor);
  }

  /** −a */
  static Value negative(Value a) {
    if (a instanceof Exact x) {
      return x.negate();
    }
    if (!(a instanceof Unknown open)) {
      return a;
    }
    Exact low = open.high() == null ? null : open.high().negate();
    Exact high = open.low() == null ? null : open.low().negate();
    return new Unknown(open.needs(), low, high);
  }

  /** a × factor, the factor a constant of the programme. */
  static Value scaled(Value a, Exact factor) {
    if (a instanceof Exact x) {
      return x.times(factor);
    }
    if (!(a instanceof Unknown open)) {
      return a;
    }
    Exact low = product(open.low(), factor);
    Exact high = product(open.high(), factor);
    return factor.signum() < 0
        ? new Unknown(open.needs(), high, low)
        : new Unknown(open.needs(), low, high);
  }

  /** a × b where neither is a constant of the programme. */
  static Value times(Value a, Value b) {
    if (a instanceof Exact x && b instanceof Exact y) {
      return x.times(y);
    }
    return a == null || b == null ? null : new Unknown(Unknown.bothNeeds(a, b));
  }

  /** The largest (sign 1) or smallest (sign -1) of several. */
  static Value extreme(int sign, List<Value> values) {
    if (values.contains(null)) {
      return null;
    }
    List<Exact> lows = new ArrayList<>();
    List<Exact> highs = new ArrayList<>();
    boolean known = true;
    for (Value value : values) {
      lows.add(low(value));
      highs.add(high(value));
      known &= value instanceof Exact;
    }
    // The largest is at least each known low end, and at most the highest of all high ends.
    Exact low = pick(sign, lows, sign < 0);
    return known ? low : new Unknown(Unknown.allNeeds(values), low, pick(sign, highs, sign > 0));
  }

  private static Exact pick(int sign, List<Exact> ends, boolean every) {
    Exact best = null;
    for (Exact end : ends) {
      if (end == null && every) {
        return null;
      }
      if (end != null && (best == null || end.compareTo(best) * sign > 0)) {
        best = end;
      }
    }
    return best;
  }

  /** Whether every value of the first stands so to every value of the second, by these ends. */
  private static boolean all(Exact x, Relation relation, Exact y) {
    return x != null && y != null && relation.holds(x.compareTo(y));
  }

  /** Compares two numbers by their bounds. */
  static Truth compare(Relation relation, Value a, Value b) {
    if (a instanceof Exact x && b instanceof Exact y) {
      return Truth.of(relation.holds(x.compareTo(y)));
    }
    if (surely(relation, a, b)) {
      return Truth.TRUE;
    }
    return surely(relation.opposite(), a, b)
        ? Truth.FALSE
        : new Unknown(Unknown.bothNeeds(a, b));
  }

  private static boolean surely(Relation relation, Value a, Value b) {
    return switch (relation) {
      case AT_MOST, LESS, BEFORE -> all(high(a), relation, low(b));
      case AT_LEAST, MORE, AFTER -> all(low(a), relation, high(b));
      case EQUAL -> {
        boolean points = all(low(a), relation, high(a)) && all(low(b), relation, high(b));
        yield points && all(low(a), relation, low(b));
      }
      case NOT_EQUAL ->
          all(low(a), Relation.MORE, high(b)) || all(low(b), Relation.MORE, high(a));
    };
  }

  /** Whether the value lies within a band (a fraction) around the target, ends included. */
  static Truth within(Value value, Value target, Exact band) {
    Value low = scaled(target, Exact.ONE.minus(band));
    Value high = scaled(target, Exact.ONE.plus(band));
    return Truths.and(
        compare(Relation.AT_LEAST, value, low), compare(Relation.AT_MOST, value, high));
  }
}
