package programme.runtime;

import java.util.Comparator;
import java.util.List;

/**
 * How good a value is, the greater the better.
 *
 * @param end below zero before all numbers, above zero after them
 * @param number the number between
 */
record Level(int end, Exact number) implements Comparable<Level> {
  /** What has no value. */
  static final Level LOWEST = new Level(-1, Exact.ZERO);

  /** Better than every number. */
  static final Level HIGHEST = new Level(1, Exact.ZERO);

  /** Levels of several criteria, the weightiest first; the better before the worse. */
  static final Comparator<List<Level>> BEST_FIRST =
      (a, b) -> {
        for (int i = 0; i < a.size(); i++) {
          int order = b.get(i).compareTo(a.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  /** The level of a number. */
  static Level of(Exact number) {
    return new Level(0, number);
  }

  private Level turned() {
    return new Level(-end, number.negate());
  }

  @Override
  public int compareTo(Level other) {
    return end == other.end ? number.compareTo(other.number) : Integer.compare(end, other.end);
  }

  /** The levels between which a value of a criterion stands. */
  record Range(Level best, Level worst) {
    /** The range of a value. */
    static Range of(Prepared prepared, Criterion criterion, ValueType type, Value value) {
      Range range =
          value instanceof Unknown open
              ? ofOpen(prepared, type, open)
              : ofKnown(prepared, type, value);
      // What has no value stands last.
      if (range == null) {
        return new Range(LOWEST, LOWEST);
      }
      return criterion.highest ? range : new Range(range.worst.turned(), range.best.turned());
    }

    private static Range ofKnown(Prepared prepared, ValueType type, Value value) {
      Exact number = numberOf(prepared, type, value);
      return number == null ? null : new Range(Level.of(number), Level.of(number));
    }

    private static Exact numberOf(Prepared prepared, ValueType type, Value value) {
      if (value instanceof Exact number) {
        return number;
      }
      if (value instanceof Known known) {
        return known == Known.TRUE ? Exact.ONE : Exact.ZERO;
      }
      if (value instanceof Day day) {
        return Exact.of(day.number());
      }
      if (value instanceof Moment moment) {
        return Exact.of(moment.seconds());
      }
      return type.kind.equals("one_of") && value instanceof Text key
          ? Exact.of(prepared.lists.get(type.list).level(key.text()))
          : null;
    }

    private static Range ofOpen(Prepared prepared, ValueType type, Unknown open) {
      if (type.kind.equals("bool")) {
        return new Range(Level.of(Exact.ONE), Level.of(Exact.ZERO));
      }
      if (type.kind.equals("one_of")) {
        ClosedList list = prepared.lists.get(type.list);
        int[] levels = list.index.keySet().stream().mapToInt(list::level).sorted().toArray();
        Level best = Level.of(Exact.of(levels[levels.length - 1]));
        return new Range(best, Level.of(Exact.of(levels[0])));
      }
      Level high = open.high() == null ? HIGHEST : Level.of(open.high());
      return new Range(high, open.low() == null ? LOWEST : Level.of(open.low()));
    }
  }
}
