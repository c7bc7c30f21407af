package programme.runtime;

/**
 * A zone, from its offset changes.
 *
 * <p>Always: ascending; the first change lies far in the past.
 */
public final class Zone {
  private final String name;
  private final long[] starts;
  private final long[] offsets;

  /**
   * A zone.
   *
   * @param name its name
   * @param changes each change of offset, as second and seconds east of UTC
   */
  public Zone(String name, long[]... changes) {
    this.name = name;
    starts = new long[changes.length];
    offsets = new long[changes.length];
    for (int i = 0; i < changes.length; i++) {
      starts[i] = changes[i][0];
      offsets[i] = changes[i][1];
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** Seconds east of UTC at a second. */
  long offsetAt(long at) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return offsets[low];
  }

  /** The local day of a moment. */
  Day dayOf(Moment moment) {
    long local = moment.seconds() + offsetAt(moment.seconds());
    return new Day(Math.floorDiv(local, (long) Day.SECONDS));
  }

  /** Where a change of offset ends. */
  private long endOf(int change) {
    return change + 1 < starts.length ? starts[change + 1] : Long.MAX_VALUE;
  }

  /** The first moment of a local day; null at the end of time. */
  Moment startOf(Day day) {
    long midnight = day.number() * Day.SECONDS;
    for (int i = 0; i < starts.length; i++) {
      long from = i == 0 ? Long.MIN_VALUE : starts[i];
      long at = midnight - offsets[i];
      // Before `from`: the clock jumped over midnight, and the day starts with the change.
      if (at < endOf(i)) {
        long start = Math.max(at, from);
        return start <= Moment.LAST_SECOND ? new Moment(start) : null;
      }
    }
    return null;
  }

  /** The moment of a local clock time: in a fold the earlier, in a gap by the offset before it. */
  Moment moment(Day day, int hour, int minute, int second) {
    long local = day.number() * Day.SECONDS + hour * 3600L + minute * 60L + second;
    for (int i = 0; i < starts.length; i++) {
      long next = i + 1 < starts.length ? offsets[i + 1] : 0;
      long at = local - offsets[i];
      // Beyond the end but before it by the next offset: the clock jumped over this time.
      if (at < endOf(i) || local - next < endOf(i)) {
        return at <= Moment.LAST_SECOND ? new Moment(at) : null;
      }
    }
    return null;
  }
}
