package programme.runtime;

/** How two numbers, days or moments stand to one another. */
public enum Relation {
  /** = */
  EQUAL,
  /** ≠ */
  NOT_EQUAL,
  /** &lt; */
  LESS,
  /** ≤ */
  AT_MOST,
  /** &gt; */
  MORE,
  /** ≥ */
  AT_LEAST,
  /** Before; on the day itself a reading decides. */
  BEFORE,
  /** After; on the day itself a reading decides. */
  AFTER;

  /** Whether two things in this order stand so. */
  boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS, BEFORE -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE, AFTER -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  /** The relation that holds iff this does not. */
  Relation opposite() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS, BEFORE -> AT_LEAST;
      case AT_MOST -> MORE;
      case MORE, AFTER -> AT_MOST;
      case AT_LEAST -> LESS;
    };
  }
}
