package programme.runtime;

/** What is read off one day. */
public enum DayPart {
  /** The year. */
  YEAR,
  /** The month, 1 to 12. */
  MONTH,
  /** The day of the month, 1 to 31. */
  DAY_OF_MONTH,
  /** The day of the week, 1 (Monday) to 7 (Sunday). */
  DAY_OF_WEEK,
  /** The Monday of its week. */
  START_OF_WEEK,
  /** The first day of its month. */
  START_OF_MONTH,
  /** The first day of its quarter. */
  START_OF_QUARTER,
  /** The first day of its year. */
  START_OF_YEAR,
  /** The Sunday of its week. */
  END_OF_WEEK,
  /** The last day of its month. */
  END_OF_MONTH,
  /** The last day of its quarter. */
  END_OF_QUARTER,
  /** The last day of its year. */
  END_OF_YEAR
}
