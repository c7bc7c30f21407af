package programme.runtime;

/**
 * Of which time a report on targets speaks: a year of the calendar, a year of the block, or a day.
 *
 * <p>Always: a milestone is decided by reports of its last year.
 *
 * @param year the year of the calendar, or of the block where that is below 1000; 0: a day is meant
 * @param day the day, or null
 */
record Period(long year, Day day) {
  /** The least calendar year; smaller numbers are years of a block. */
  static final long FIRST_YEAR = 1000;

  /** Which reports decide: those of the year that ends on a day, or those of a year. */
  record Window(Day by, long of) {}

  private boolean isCalendarYear() {
    return year >= FIRST_YEAR;
  }

  /** So many years after a day, if there is one. */
  static Day yearsAfter(Day day, long years) {
    return day == null ? null : day.shifted(years, Duration.Unit.YEARS);
  }

  /** The last day that it speaks of. */
  Day end(Day start) {
    if (isCalendarYear()) {
      return Day.of(year, 12, 31);
    }
    return year == 0 ? day : yearsAfter(start, year);
  }

  /** The day at which it can first be known. */
  Day begin(Day start) {
    if (isCalendarYear()) {
      return Day.of(year, 1, 1);
    }
    return year == 0 ? day : yearsAfter(start, year - 1);
  }

  /** The year it is counted under. */
  long countedUnder() {
    return year == 0 ? day.year() : year;
  }

  /** Whether a day lies in the year that ends on another. */
  private static boolean isInYearBefore(Day day, Day ends) {
    Day begins = yearsAfter(ends, -1);
    return day != null
        && begins != null
        && begins.number() < day.number()
        && day.number() <= ends.number();
  }

  /** Whether it falls within a window; null: everything so far. */
  boolean liesIn(Window window, Day start) {
    if (window == null) {
      return true;
    }
    if (window.by != null) {
      return isCalendarYear()
          ? year == window.by.year()
          : isInYearBefore(end(start), window.by);
    }
    if (window.of >= FIRST_YEAR) {
      return countedUnder() == window.of;
    }
    if (year > 0 && !isCalendarYear()) {
      return year == window.of;
    }
    Day ends = yearsAfter(start, window.of);
    return ends != null && isInYearBefore(end(start), ends);
  }

  /** What a milestone is called. */
  static String labelOf(Milestone milestone) {
    if (milestone.by != null) {
      Day.Civil civil = milestone.by.civil();
      boolean wholeYear = civil.month() == 12 && civil.day() == 31;
      String label = wholeYear ? Long.toString(civil.year()) : milestone.by.show();
      return milestone.total ? "total " + label : label;
    }
    if (milestone.year != null) {
      return "year " + milestone.year;
    }
    return milestone.total ? "total" : "each year";
  }
}
