package programme.runtime;

/** How several values become one. */
public enum Aggregation {
  /** How many. */
  COUNT,
  /** How many different ones. */
  COUNT_DISTINCT,
  /** The sum. */
  SUM,
  /** The smallest. */
  MIN,
  /** The largest. */
  MAX,
  /** Whether there is one. */
  ANY,
  /** Whether all are. */
  ALL,
  /** Whether none is. */
  NONE
}
