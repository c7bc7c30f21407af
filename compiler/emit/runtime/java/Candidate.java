package programme.runtime;

import java.util.List;

/**
 * A case that may be selected.
 *
 * @param at its position in the batch
 * @param belongs whether it is a candidate
 * @param best its levels at best, one a criterion
 * @param worst its levels at worst
 * @param values what the order compares
 * @param adds what it adds to a sum
 * @param left whether it left
 * @param needs what its place awaits
 */
record Candidate(
    int at,
    Truth belongs,
    List<Level> best,
    List<Level> worst,
    List<Shown> values,
    Sum adds,
    boolean left,
    List<Need> needs) {

  /** A value, and how it is shown. */
  record Shown(Value value, ValueType type) {}

  /** Whether it surely is one. */
  boolean surelyBelongs() {
    return belongs == Truth.TRUE;
  }

  /** The same, of which it is not known whether it is one. */
  Candidate doubted() {
    return new Candidate(at, Unknown.SILENT, best, worst, values, adds, left, needs);
  }

  /** Whether it may be one. */
  boolean mayBelong() {
    return belongs != Truth.FALSE;
  }

  /** Whether its place depends on nothing unknown of its own. */
  boolean isSure() {
    return surelyBelongs() && best.equals(worst) && adds.exactly() != null;
  }
}
