package programme.runtime;

/**
 * A calendar duration.
 *
 * @param count how many
 * @param unit of what
 */
public record Duration(long count, Unit unit) implements Value {
  /** What durations are counted in. */
  public enum Unit {
    /** Days. */
    DAYS,
    /** Weeks. */
    WEEKS,
    /** Months. */
    MONTHS,
    /** Years. */
    YEARS,
    /** Working days. */
    WORKING_DAYS
  }
}
