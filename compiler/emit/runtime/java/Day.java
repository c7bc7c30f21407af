package programme.runtime;

/**
 * A calendar day.
 *
 * <p>Always: the proleptic Gregorian calendar, years −9999 to 9999; no clock, nothing of the
 * machine's zone.
 *
 * @param number days since 1970-01-01
 */
public record Day(long number) implements Value {
  static final int SECONDS = 86400;
  private static final int FIRST_YEAR = -9999;
  private static final int LAST_YEAR = 9999;
  private static final int[] LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Year, month and day of a day. */
  record Civil(long year, int month, int day) {}

  /** A day of the calendar; null if there is no such day. */
  static Day of(long year, int month, int day) {
    boolean exists =
        year >= FIRST_YEAR
            && year <= LAST_YEAR
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= daysIn(year, month);
    return exists ? new Day(dayNumber(year, month, day)) : null;
  }

  /** The number of a civil day, after H. Hinnant's days_from_civil. */
  private static long dayNumber(long year, int month, int day) {
    long y = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
  }

  /** Year, month and day. */
  Civil civil() {
    long z = number + 719468;
    long era = Math.floorDiv(z, 146097L);
    long dayOfEra = z - era * 146097;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shifted = (5 * dayOfYear + 2) / 153;
    int month = (int) (shifted < 10 ? shifted + 3 : shifted - 9);
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return new Civil(year, month, (int) (dayOfYear - (153 * shifted + 2) / 5 + 1));
  }

  /** The year. */
  long year() {
    return civil().year;
  }

  private static int daysIn(long year, int month) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : LENGTHS[month - 1];
  }

  /** Reads exactly {@code YYYY-MM-DD}; null for any other text or a day that is not. */
  static Day parse(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    return year < 0 || month < 0 || day < 0 ? null : of(year, month, day);
  }

  /** The number that these characters write; -1 if one of them is no digit. */
  static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** {@code YYYY-MM-DD} */
  String show() {
    Civil civil = civil();
    String sign = civil.year < 0 ? "-" : "";
    String year = pad(Math.abs(civil.year), sign.isEmpty() ? 4 : 3);
    return sign + year + "-" + pad(civil.month, 2) + "-" + pad(civil.day, 2);
  }

  /** A number with so many digits at least. */
  static String pad(long number, int width) {
    String shown = Long.toString(number);
    return "0".repeat(Math.max(0, width - shown.length())) + shown;
  }

  /**
   * The day after a duration; months and years clip to the month's end. Null beyond year 9999, and
   * for working days, which a calendar counts.
   */
  Day shifted(long count, Duration.Unit unit) {
    return switch (unit) {
      case DAYS -> moved(count);
      case WEEKS -> moved(count * 7);
      case MONTHS -> monthsLater(count);
      case YEARS -> monthsLater(count * 12);
      case WORKING_DAYS -> null;
    };
  }

  private Day moved(long days) {
    Day moved = new Day(number + days);
    long year = moved.year();
    return year >= FIRST_YEAR && year <= LAST_YEAR ? moved : null;
  }

  private Day monthsLater(long count) {
    Civil civil = civil();
    long months = civil.year * 12 + (civil.month - 1) + count;
    long year = Math.floorDiv(months, 12L);
    int month = (int) Math.floorMod(months, 12L) + 1;
    return of(year, month, Math.min(civil.day, daysIn(year, month)));
  }

  /** How many days another day lies after this one; before it: below zero. */
  long daysUntil(Day other) {
    return other.number - number;
  }

  /**
   * How many complete months: the most that, added to this day, do not lead beyond the other. Back
   * in time, the negative of that.
   */
  long monthsUntil(Day other) {
    if (other.number < number) {
      return -other.monthsUntil(this);
    }
    Civil from = civil();
    Civil to = other.civil();
    long months = (to.year - from.year) * 12 + to.month - from.month;
    // The month's last day completes the month, also where it has no day of that number.
    return from.day > to.day && to.day < daysIn(to.year, to.month) ? months - 1 : months;
  }

  /** How many complete years: twelve months later is a year later, at the month's end too. */
  long yearsUntil(Day other) {
    return monthsUntil(other) / 12;
  }

  /** What is read off this day, as a number or a day; unknown beyond the calendar. */
  Value part(DayPart part) {
    Civil civil = civil();
    int weekday = (int) Math.floorMod(number + 3, 7L);
    int quarter = civil.month - (civil.month - 1) % 3;
    return switch (part) {
      case YEAR -> Exact.of(civil.year);
      case MONTH -> Exact.of(civil.month);
      case DAY_OF_MONTH -> Exact.of(civil.day);
      case DAY_OF_WEEK -> Exact.of(weekday + 1);
      case START_OF_WEEK -> orUnknown(moved(-weekday));
      case START_OF_MONTH -> of(civil.year, civil.month, 1);
      case START_OF_QUARTER -> of(civil.year, quarter, 1);
      case START_OF_YEAR -> of(civil.year, 1, 1);
      case END_OF_WEEK -> orUnknown(moved(6 - weekday));
      case END_OF_MONTH -> endOfMonth(civil.year, civil.month);
      case END_OF_QUARTER -> endOfMonth(civil.year, quarter + 2);
      case END_OF_YEAR -> of(civil.year, 12, 31);
    };
  }

  private static Day endOfMonth(long year, int month) {
    return of(year, month, daysIn(year, month));
  }

  private static Value orUnknown(Day day) {
    return day == null ? Unknown.BLANK : day;
  }
}
