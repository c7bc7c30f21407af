package programme.runtime;

import java.util.List;

/** What holds for values of every kind. */
final class Values {
  private Values() {}

  /** The lower end of where a number lies; a known one is both ends. */
  static Exact low(Value value) {
    if (value instanceof Exact number) {
      return number;
    }
    return value instanceof Unknown open ? open.low() : null;
  }

  /** The upper end of where a number lies. */
  static Exact high(Value value) {
    if (value instanceof Exact number) {
      return number;
    }
    return value instanceof Unknown open ? open.high() : null;
  }

  /** Whether two known values are the same. */
  static boolean same(Value a, Value b) {
    if (a == null || b == null) {
      return a == b;
    }
    if (a instanceof Fields left) {
      return b instanceof Fields right && sameAll(left.values(), right.values());
    }
    if (a instanceof Items left) {
      return b instanceof Items right && sameAll(left.list(), right.list());
    }
    return a instanceof Unknown ? a == b : a.equals(b);
  }

  /** Whether two lists of known values are the same. */
  static boolean sameAll(List<Value> a, List<Value> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
