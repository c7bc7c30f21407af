package programme.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every milestone of every reporting body: met, not met, not yet due, unknown, or pending; in order
 * of declaration, of one milestone by body.
 *
 * <p>Always: nothing is decided that no report of the milestone's last year says.
 */
final class TargetRun {
  /** A window of a milestone: one, or one a reported year. */
  private record Slot(Period.Window window, Day due, String label, boolean total) {}

  final Prepared prepared;
  final Day on;
  final List<TargetFinding> findings = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  private final Settled options;

  /** Holds all reports against all milestones. */
  TargetRun(Prepared prepared, List<TargetLines.Filed> reports, Settled options) {
    this.prepared = prepared;
    this.options = options;
    this.on = prepared.localDay(options.on());
    for (Targets block : prepared.targets) {
      block(block, reports.stream().filter(report -> report.block == block).toList());
    }
  }

  private void block(Targets block, List<TargetLines.Filed> reports) {
    reports.forEach(report -> faults(block, report));
    Set<String> keys = new LinkedHashSet<>();
    reports.forEach(report -> keys.add(report.key));
    if (keys.isEmpty()) {
      keys.add(null);
    }
    for (Indicator indicator : block.indicators) {
      boolean ofAll = indicator.forAll != null;
      for (Milestone milestone : indicator.milestones) {
        for (String key : ofAll ? Collections.<String>singleton(null) : keys) {
          List<TargetLines.Filed> own = new ArrayList<>(reports);
          own.removeIf(report -> !ofAll && !Objects.equals(report.key, key));
          milestone(indicator, milestone, body(block, own), key);
        }
      }
    }
  }

  private TargetBody body(Targets block, List<TargetLines.Filed> reports) {
    Day start = block.from == null ? null : block.from.day;
    for (int i = reports.size() - 1; i >= 0 && start == null; i--) {
      start = reports.get(i).from;
    }
    return new TargetBody(prepared, block, reports, start, on, options.settings());
  }

  /** What is wrong with the entries of a report. */
  private void faults(Targets block, TargetLines.Filed report) {
    for (TargetLines.Fault fault : report.faults) {
      TargetInput input = block.inputs.get(fault.slot());
      Words words = Messages.ofField(fault.problem()).about(input.words());
      TargetFinding found =
          new TargetFinding(block, report.key, input.clauses, input.key, words);
      found.path = fault.path();
      found.problem = fault.problem();
      found.reports = List.of(report);
      found.result = "unmet";
      findings.add(found);
    }
  }

  private void milestone(
      Indicator indicator, Milestone milestone, TargetBody body, String key) {
    for (Slot slot : slots(milestone, body)) {
      boolean notDue = on != null && slot.due != null && on.number() < slot.due.number();
      TargetFinding found = settled(indicator, milestone, slot, notDue, body, key);
      if (options.alternatives() && !notDue) {
        under(indicator, milestone, slot, body, found);
      }
      Period.Window looked = notDue || slot.total ? null : slot.window;
      found.type = indicator.type.kind.equals("number") ? indicator.type : null;
      found.due = slot.due;
      found.label = slot.label;
      found.reports = body.sources(indicator, looked);
      found.soft = milestone.soft;
      found.words = milestone.words;
      put(found);
    }
  }

  private void put(TargetFinding found) {
    if (found.soft && found.result.equals("unmet")) {
      notes.add(new Note(found.rule, found.clauses, found.message));
    }
    if (found.above && found.result.equals("met")) {
      Words words = Messages.ABOVE_RANGE.about(found.message);
      notes.add(new Note(found.rule, found.clauses, words));
    }
    if (found.words != null && found.bounded) {
      notes.add(new Note(found.rule, found.clauses, found.words));
    }
    for (Note more : found.notes) {
      String said = more.message().in(options.lang());
      if (notes.stream()
          .noneMatch(
              note ->
                  note.rule().equals(more.rule())
                      && note.message().in(options.lang()).equals(said))) {
        notes.add(more);
      }
    }
    findings.add(found);
  }

  /** Under open readings, what all their words agree on. */
  private TargetFinding settled(
      Indicator indicator,
      Milestone milestone,
      Slot slot,
      boolean notDue,
      TargetBody body,
      String key) {
    TargetFinding first = null;
    for (List<Setting> world : Worlds.of(prepared, body.settings, indicator.uses)) {
      TargetFinding one = outcome(indicator, milestone, slot, notDue, body.under(world), key);
      if (first == null) {
        first = one;
        continue;
      }
      boolean same = first.result.equals(one.result);
      if (same && isSameMeasure(first.value, one.value)) {
        continue;
      }
      if (!same) {
        first.result = "unknown";
        first.needs = Unknown.SILENT.needs();
      }
      first.value = Unknown.SILENT;
      first.numerator = null;
      first.denominator = null;
      first.gap = null;
    }
    return first;
  }

  private void under(
      Indicator indicator,
      Milestone milestone,
      Slot slot,
      TargetBody body,
      TargetFinding here) {
    for (Worlds.Other other : Worlds.others(prepared, body.settings, indicator.uses)) {
      TargetBody there = body.under(other.settings());
      TargetFinding found = settled(indicator, milestone, slot, false, there, here.key);
      if (!found.result.equals(here.result)) {
        here.under.add(other.gives(found.result));
      }
    }
  }

  private static boolean isSameMeasure(Value a, Value b) {
    if (!(a instanceof Unknown x) || !(b instanceof Unknown y)) {
      return Values.same(a, b);
    }
    return Objects.equals(x.low(), y.low())
        && Objects.equals(x.high(), y.high())
        && Reports.keys(x.needs()).equals(Reports.keys(y.needs()));
  }

  private static List<Slot> slots(Milestone milestone, TargetBody body) {
    String label = Period.labelOf(milestone);
    if (milestone.total) {
      return List.of(new Slot(null, milestone.by, label, true));
    }
    if (milestone.by != null) {
      Period.Window window = new Period.Window(milestone.by, 0);
      return List.of(new Slot(window, milestone.by, label, false));
    }
    if (milestone.year != null) {
      return List.of(ofYear(body, milestone.year));
    }
    TreeSet<Long> years = body.years();
    return years.isEmpty()
        ? List.of(new Slot(null, null, label, false))
        : years.stream().map(year -> ofYear(body, year)).toList();
  }

  private static Slot ofYear(TargetBody body, long year) {
    boolean calendar = year >= Period.FIRST_YEAR;
    Day ends = calendar ? Day.of(year, 12, 31) : Period.yearsAfter(body.start, year);
    String label = calendar ? Long.toString(year) : "year " + year;
    return new Slot(new Period.Window(null, year), ends, label, false);
  }

  /** What comes of a milestone under one setting of all readings. */
  private static TargetFinding outcome(
      Indicator indicator,
      Milestone milestone,
      Slot slot,
      boolean notDue,
      TargetBody body,
      String key) {
    TargetFinding made =
        new TargetFinding(
            body.block, key, milestone.clauses, indicator.key, indicator.words());
    Bound bound = milestone.bound;
    made.bounded = bound != null;
    made.low = bound == null ? null : bound.limit.of(body.scope());
    made.high = bound == null || bound.high == null ? null : bound.high.of(body.scope());
    if (indicator.forAll == null) {
      TargetBody.Measured measured = measured(indicator, slot, notDue, body, -1, made.notes);
      Result came = Result.of(Truth.TRUE, truth(indicator, milestone, measured, body));
      made.result = came.result();
      made.needs = came.needs();
      made.value = measured.value();
      made.numerator = measured.isKnownRatio() ? (Exact) measured.part() : null;
      made.denominator = measured.isKnownRatio() ? (Exact) measured.base() : null;
      made.gap = gap(bound, made, measured);
      made.above = isAbove(bound, made, measured);
    } else {
      forEvery(indicator, milestone, slot, notDue, body, made);
    }
    if (notDue) {
      notYetDue(made);
    } else if (body.block.from != null
        && body.block.from.stage != null
        && slot.due == null
        && made.result.equals("unknown")
        && body.isLookedAt()) {
      // Without the day it counts from nobody knows whether it is due.
      Need stage = new Need(body.block.from.stage, "other");
      made.needs = Unknown.merge(made.needs, List.of(stage));
    }
    return made;
  }

  private static void notYetDue(TargetFinding made) {
    Result pending = new Result("not yet due", List.of());
    made.result = pending.result();
    made.needs = pending.needs();
    made.above = false;
    if (made.items != null) {
      made.items.replaceAll(
          item -> new TargetFinding.Item(item.key(), pending, item.value(), item.gap()));
    }
  }

  private static void forEvery(
      Indicator indicator,
      Milestone milestone,
      Slot slot,
      boolean notDue,
      TargetBody body,
      TargetFinding made) {
    made.items = new ArrayList<>();
    List<Truth> truths = new ArrayList<>();
    for (String key : body.prepared.lists.get(indicator.forAll).index.keySet()) {
      int at = made.items.size();
      TargetBody.Measured measured = measured(indicator, slot, notDue, body, at, made.notes);
      Truth truth = truth(indicator, milestone, measured, body);
      Exact gap = gap(milestone.bound, made, measured);
      Result came = Result.of(Truth.TRUE, truth);
      made.items.add(new TargetFinding.Item(key, came, measured.value(), gap));
      made.above |= isAbove(milestone.bound, made, measured);
      truths.add(truth);
    }
    Result came = Result.of(Truth.TRUE, Truths.allOf(truths));
    made.result = came.result();
    made.needs = came.needs();
  }

  private static TargetBody.Measured measured(
      Indicator indicator,
      Slot slot,
      boolean notDue,
      TargetBody body,
      int key,
      List<Note> notes) {
    if (slot.total) {
      Long until = slot.due == null || notDue ? null : slot.due.year();
      return body.total(indicator, until, key, notes);
    }
    return body.measure(indicator, notDue ? null : slot.window, key, notes);
  }

  private static Exact gap(Bound bound, TargetFinding made, TargetBody.Measured measured) {
    return bound == null ? null : TargetBody.gap(bound, measured.value(), made.low);
  }

  private static boolean isAbove(Bound bound, TargetFinding made, TargetBody.Measured measured) {
    return bound != null
        && bound.high != null
        && Intervals.compare(Relation.MORE, measured.value(), made.high) == Truth.TRUE;
  }

  /** Whether the milestone is reached: by its bound, by a yes, else as people judge it. */
  private static Truth truth(
      Indicator indicator, Milestone milestone, TargetBody.Measured measured, TargetBody body) {
    if (milestone.bound != null) {
      return body.holds(milestone.bound, measured);
    }
    if (!indicator.type.kind.equals("bool")) {
      return Unknown.awaited(indicator.key, "judgement");
    }
    return measured.value() instanceof Known known
        ? known
        : new Unknown(Unknown.allNeeds(Arrays.asList(measured.value())));
  }
}
