package programme.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What an indicator amounts to in a window of time, and how it stands to a milestone's bound: the
 * reports of one body (of `for all`: of all bodies).
 *
 * <p>Always: a ratio is compared by cross-multiplication, so that a numerator known by its ends only
 * still decides.
 */
final class TargetBody {
  /** What an indicator amounts to; of a ratio also its numerator and denominator, else null. */
  record Measured(Value value, Value part, Value base) {
    boolean isRatio() {
      return part != null || base != null;
    }

    /** Whether numerator and denominator are both known. */
    boolean isKnownRatio() {
      return part instanceof Exact && base instanceof Exact;
    }
  }

  /** A report, and the day that it speaks of last. */
  private record Dated(Day ends, TargetLines.Filed report) {
    long place() {
      // What has no day comes first.
      return ends == null ? Long.MIN_VALUE : ends.number();
    }
  }

  final Prepared prepared;
  final Targets block;
  final Day start;
  final List<Setting> settings;
  private final List<TargetLines.Filed> reports;
  private final Day on;

  TargetBody(
      Prepared prepared,
      Targets block,
      List<TargetLines.Filed> reports,
      Day start,
      Day on,
      List<Setting> settings) {
    this.prepared = prepared;
    this.block = block;
    this.reports = reports;
    this.start = start;
    this.on = on;
    this.settings = settings;
  }

  /** The same under other settings of readings. */
  TargetBody under(List<Setting> other) {
    return new TargetBody(prepared, block, reports, start, on, other);
  }

  /** Reports within a window that can be known on the day looked at, the latest last. */
  private List<TargetLines.Filed> within(Period.Window window) {
    List<Dated> found = new ArrayList<>();
    for (TargetLines.Filed report : reports) {
      Day from = report.from == null ? start : report.from;
      Day begins = report.period.begin(from);
      boolean known = on == null || begins == null || begins.number() <= on.number();
      if (known && report.period.liesIn(window, from)) {
        found.add(new Dated(report.period.end(from), report));
      }
    }
    found.sort(Comparator.comparingLong(Dated::place));
    return found.stream().map(Dated::report).toList();
  }

  /** The years that reports speak of, ascending. */
  TreeSet<Long> years() {
    TreeSet<Long> years = new TreeSet<>();
    within(null).forEach(report -> years.add(report.period.countedUnder()));
    return years;
  }

  /** The reports of a window that say something on an indicator. */
  List<TargetLines.Filed> sources(Indicator indicator, Period.Window window) {
    List<TargetLines.Filed> sources = new ArrayList<>(within(window));
    sources.removeIf(
        report -> indicator.reads.stream().noneMatch(slot -> report.entries[slot] != null));
    return sources;
  }

  /** The latest value of one input in a window. */
  private Value input(int slot, Period.Window window, int key) {
    TargetInput input = block.inputs.get(slot);
    Value data = null;
    for (TargetLines.Filed report : within(window)) {
      TargetLines.Entry entry = report.entries[slot];
      if (entry == null) {
        continue;
      }
      if (entry.byKey() == null) {
        data = entry.one();
      } else if (key >= 0 && entry.byKey()[key] != null) {
        data = entry.byKey()[key];
      }
    }
    String source = input.place.equals("judgements") ? "judgement" : "other";
    return Expressions.valueOf(data, input.key, source, false, input.least, input.most);
  }

  /** Whether a day is looked at. */
  boolean isLookedAt() {
    return on != null;
  }

  /** The surroundings of formulas and limits. */
  Group scope() {
    return new Group(prepared, settings);
  }

  /** What an indicator amounts to in a window; data notes are added. */
  Measured measure(Indicator indicator, Period.Window window, int key, List<Note> notes) {
    List<Value> inputs = new ArrayList<>();
    indicator.reads.forEach(slot -> inputs.add(input(slot, window, key)));
    Formula formula = indicator.formula;
    if (formula == null) {
      return new Measured(inputs.isEmpty() ? null : inputs.get(0), null, null);
    }
    Group scope = scope();
    scope.pushKeys(inputs);
    scope.subject = indicator;
    Value value = formula.value.of(scope);
    Value part = formula.part == null ? null : formula.part.of(scope);
    Value base = formula.part == null ? null : formula.base.of(scope);
    for (Note note : scope.notes) {
      if (notes.stream().noneMatch(other -> other.rule().equals(note.rule()))) {
        notes.add(note);
      }
    }
    return new Measured(
        formula.part == null ? value : between(value, part, base), part, base);
  }

  /** The sum over years; what no year between the first and the last says stays open. */
  Measured total(Indicator indicator, Long until, int key, List<Note> notes) {
    TreeSet<Long> years = years();
    if (years.isEmpty()) {
      return measure(indicator, null, key, notes);
    }
    long first = years.first();
    long last = until == null ? years.last() : until;
    if (start != null && first >= Period.FIRST_YEAR) {
      first = Math.min(start.year(), first);
    }
    if (first > last) {
      return measure(indicator, new Period.Window(null, last), key, notes);
    }
    List<Aggregates.Member> members = new ArrayList<>();
    for (long of = first; of <= last; of++) {
      Value value = measure(indicator, new Period.Window(null, of), key, notes).value;
      members.add(new Aggregates.Member(Truth.TRUE, true, value));
    }
    return new Measured(Aggregates.aggregate(Aggregation.SUM, members), null, null);
  }

  /** Whether a bound holds. Above a range is more than asked for, and holds. */
  Truth holds(Bound bound, Measured measured) {
    Value limit = bound.limit.of(scope());
    if (!bound.kind.equals("about")) {
      return compared(relation(bound), measured, limit);
    }
    Exact band = scope().band();
    return band == null ? Unknown.SILENT : Intervals.within(measured.value, limit, band);
  }

  private static Relation relation(Bound bound) {
    return switch (bound.kind) {
      case "at most" -> Relation.AT_MOST;
      case "less" -> Relation.LESS;
      case "more" -> Relation.MORE;
      case "equal" -> Relation.EQUAL;
      default -> Relation.AT_LEAST;
    };
  }

  private static Truth compared(Relation relation, Measured measured, Value limit) {
    Value value = measured.value;
    // a ÷ b against c is a against b × c, as long as b is above nothing.
    if (measured.isRatio() && isPositive(measured.base) && limit instanceof Exact end) {
      return Intervals.compare(relation, measured.part, ((Exact) measured.base).times(end));
    }
    if (measured.isRatio() && value instanceof Unknown) {
      return new Unknown(
          Unknown.allNeeds(Arrays.asList(measured.part, measured.base, limit)));
    }
    if (value instanceof Day day && limit instanceof Day last) {
      return Truth.of(relation.holds(Long.compare(day.number(), last.number())));
    }
    if (value instanceof Known && limit instanceof Known) {
      return Truth.of((value == limit) == (relation == Relation.EQUAL));
    }
    return Intervals.compare(relation, value, limit);
  }

  private static boolean isPositive(Value value) {
    return value instanceof Exact number && number.signum() > 0;
  }

  /** A ratio that is not known, between its ends. */
  private static Value between(Value value, Value part, Value base) {
    if (!(value instanceof Unknown open) || !isPositive(base)) {
      return value;
    }
    Exact divisor = (Exact) base;
    Exact low = Values.low(part);
    Exact high = Values.high(part);
    return new Unknown(
        open.needs(),
        low == null ? null : low.dividedBy(divisor),
        high == null ? null : high.dividedBy(divisor));
  }

  /** How far a known value is from its bound; nothing once reached; null where one is not known. */
  static Exact gap(Bound bound, Value value, Value limit) {
    if (!(value instanceof Exact number) || !(limit instanceof Exact end)) {
      return null;
    }
    boolean upper = bound.kind.equals("at most") || bound.kind.equals("less");
    Exact missing = upper ? number.minus(end) : end.minus(number);
    return missing.signum() < 0 ? Exact.ZERO : missing;
  }
}
