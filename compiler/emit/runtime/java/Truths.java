package programme.runtime;

import java.util.List;

/** Kleene's logic. Always: nothing is known that an unknown operand leaves open. */
final class Truths {
  private Truths() {}

  /** A value of type yes/no as truth; no value counts as unknown. */
  static Truth truthOf(Value value) {
    if (value instanceof Known known) {
      return known;
    }
    if (!(value instanceof Unknown open)) {
      return Unknown.BLANK;
    }
    return open.low() == null && open.high() == null ? open : new Unknown(open.needs());
  }

  /** The opposite; unknown stays unknown. */
  static Truth not(Value value) {
    Truth truth = truthOf(value);
    return truth instanceof Known ? Truth.of(truth == Truth.FALSE) : truth;
  }

  /** True iff both are. */
  static Truth and(Value a, Value b) {
    Truth left = truthOf(a);
    if (left == Truth.FALSE) {
      return left;
    }
    Truth right = truthOf(b);
    return left == Truth.TRUE || right == Truth.FALSE ? right : joined(left, right, Truth.TRUE);
  }

  /** True iff one is. */
  static Truth or(Value a, Value b) {
    Truth left = truthOf(a);
    if (left == Truth.TRUE) {
      return left;
    }
    Truth right = truthOf(b);
    return left == Truth.FALSE || right == Truth.TRUE ? right : joined(left, right, Truth.FALSE);
  }

  /** An unknown, and what stands beside it. */
  private static Truth joined(Truth open, Truth other, Truth neutral) {
    return other == neutral ? open : new Unknown(Unknown.bothNeeds(open, other));
  }

  /** True iff all are. */
  static Truth allOf(Iterable<? extends Value> all) {
    return every(all, Truth.FALSE);
  }

  /** True iff one is. */
  static Truth anyOf(Iterable<? extends Value> all) {
    return every(all, Truth.TRUE);
  }

  private static Truth every(Iterable<? extends Value> all, Truth decisive) {
    boolean open = false;
    List<Need> needs = List.of();
    for (Value value : all) {
      Truth truth = truthOf(value);
      if (truth == decisive) {
        return decisive;
      }
      if (truth instanceof Unknown unknown) {
        open = true;
        needs = Unknown.merge(needs, unknown.needs());
      }
    }
    return open ? new Unknown(needs) : Truth.of(decisive == Truth.FALSE);
  }

  /** At least so many of all: true once so many are true, false once too few can be. */
  static Truth atLeastOf(int need, List<Truth> all) {
    int sure = 0;
    int open = 0;
    List<Need> needs = List.of();
    for (Truth truth : all) {
      if (truth == Truth.TRUE) {
        sure++;
      } else if (truth instanceof Unknown unknown) {
        open++;
        needs = Unknown.merge(needs, unknown.needs());
      }
    }
    if (sure >= need) {
      return Truth.TRUE;
    }
    return sure + open < need ? Truth.FALSE : new Unknown(needs);
  }
}
