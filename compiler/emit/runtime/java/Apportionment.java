package programme.runtime;

/** How seats are split by weight. */
public enum Apportionment {
  /** By quotas and their largest remainders. */
  LARGEST_REMAINDER,
  /** By divisors 1, 3, 5, … */
  WEBSTER,
  /** By divisors 1, 2, 3, … */
  JEFFERSON
}
