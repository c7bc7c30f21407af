package programme.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The working days of some years.
 *
 * <p>Always: beyond the calendar's years nothing is known.
 */
final class WorkingDays {
  /** What is awaited beyond the years. */
  final String key;

  private final long first;
  private final long last;

  /** All of them, in order. */
  private final long[] worked;

  WorkingDays(Calendar calendar) {
    key = calendar.key;
    first = Day.of(calendar.first, 1, 1).number();
    last = Day.of(calendar.last, 12, 31).number();
    Set<Long> free = numbers(calendar.off);
    Set<Long> busy = numbers(calendar.worked);
    worked =
        LongStream.rangeClosed(first, last)
            .filter(day -> isWeekend(day) ? busy.contains(day) : !free.contains(day))
            .toArray();
  }

  private static Set<Long> numbers(List<String> days) {
    Set<Long> numbers = new HashSet<>();
    days.forEach(day -> numbers.add(Day.parse(day).number()));
    return numbers;
  }

  /** Whether a day is a Saturday or a Sunday; 1970-01-01 was a Thursday. */
  private static boolean isWeekend(long day) {
    return Math.floorMod(day + 3, 7L) >= 5;
  }

  /** The so-many-th working day after a day, or before it; null if a counted day lies outside. */
  Day plus(Day day, long count) {
    if (count == 0) {
      return day;
    }
    // The first day that is counted.
    long from = day.number() + Long.signum(count);
    if (from < first || from > last) {
      return null;
    }
    long at = count > 0 ? before(from) + count - 1 : before(day.number()) + count;
    return at >= 0 && at < worked.length ? new Day(worked[(int) at]) : null;
  }

  /** How many there are before a day. */
  private long before(long day) {
    int low = 0;
    int high = worked.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (worked[middle] < day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
