package programme.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time, in whole seconds.
 *
 * @param seconds seconds since 1970-01-01T00:00:00Z
 */
public record Moment(long seconds) implements Value {
  /** The last second any implementation of ours holds: 9999-12-30T22:00:00Z. */
  static final long LAST_SECOND = 253402207200L;

  private static final Pattern MOMENT =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.[0-9]{1,9})?"
              + "(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

  /** Reads RFC 3339 with an offset, fractions dropped towards the past; null for any other text. */
  static Moment parse(String text) {
    Matcher found = MOMENT.matcher(text);
    if (!found.matches()) {
      return null;
    }
    Day day = Day.parse(found.group(1));
    int hour = Integer.parseInt(found.group(2));
    int minute = Integer.parseInt(found.group(3));
    int second = Integer.parseInt(found.group(4));
    int offsetHour = found.group(6) == null ? 0 : Integer.parseInt(found.group(6));
    int offsetMinute = found.group(7) == null ? 0 : Integer.parseInt(found.group(7));
    boolean clock = hour <= 23 && minute <= 59 && second <= 59;
    if (day == null || !clock || offsetHour > 23 || offsetMinute > 59) {
      return null;
    }
    int offset = (offsetHour * 60 + offsetMinute) * 60 * ("-".equals(found.group(5)) ? -1 : 1);
    long local = day.number() * Day.SECONDS + hour * 3600L + minute * 60L + second;
    return local - offset <= LAST_SECOND ? new Moment(local - offset) : null;
  }

  /** The moment as the zone's clocks show it: RFC 3339 with the offset. */
  String show(Zone zone) {
    long offset = zone == null ? 0 : zone.offsetAt(seconds);
    long local = seconds + offset;
    Day day = new Day(Math.floorDiv(local, (long) Day.SECONDS));
    long clock = local - day.number() * Day.SECONDS;
    long minutes = Math.abs(offset) / 60;
    return day.show()
        + "T"
        + Day.pad(clock / 3600, 2)
        + ":"
        + Day.pad(clock / 60 % 60, 2)
        + ":"
        + Day.pad(clock % 60, 2)
        + (offset < 0 ? "-" : "+")
        + Day.pad(minutes / 60, 2)
        + ":"
        + Day.pad(minutes % 60, 2);
  }
}
