// Every milestone of every reporting body: met, not met, not yet due, unknown, or pending.
//
// In: a prepared programme, reports, options. Out: `{ on, findings, notes }`, findings in order of declaration, of one milestone by body.
// Always: nothing is decided that no report of the milestone's last year says.

import { Moment, civil, makeDay } from "./date.mjs";
import { compareNumbers } from "./interval.mjs";
import * as messages from "./messages.mjs";
import { alternatives, worlds } from "./readings.mjs";
import { resultOf } from "./rules.mjs";
import { Body, gapTo, knownRatio } from "./target-measure.mjs";
import { FIRST_YEAR, labelOfMilestone, yearsAfter } from "./target-period.mjs";
import { and } from "./truth.mjs";
import {
  Need,
  Unknown,
  allNeeds,
  isUnknown,
  mergeNeeds,
  sameValue,
  silent,
} from "./value.mjs";

/** Holds all reports against all milestones. */
export function judgeTargets(prepared, reports, options) {
  const on =
    options.on instanceof Moment
      ? (prepared.zone?.dayOf(options.on) ?? null)
      : options.on;
  const run = new Run(prepared, options, on);
  for (const block of prepared.targets) {
    const own = reports
      .map((report, at) => [at, report])
      .filter(([, report]) => report.block === block);
    run.ofBlock(block, own);
  }
  return { on, findings: run.findings, notes: run.notes };
}

class Run {
  constructor(prepared, options, on) {
    this.prepared = prepared;
    this.options = options;
    this.on = on;
    this.findings = [];
    this.notes = [];
  }

  ofBlock(block, reports) {
    for (const [, report] of reports) this.faults(block, report);
    const keys = [...new Set(reports.map(([, { key }]) => key))];
    if (keys.length === 0) keys.push(null);
    for (const indicator of block.indicators) {
      const ofAll = indicator.forAll !== undefined;
      for (const milestone of indicator.milestones ?? [])
        for (const key of ofAll ? [null] : keys) {
          const own = ofAll
            ? reports
            : reports.filter(([, report]) => report.key === key);
          this.milestone(indicator, milestone, this.body(block, own), key);
        }
    }
  }

  body(block, reports) {
    const stated = reports.findLast(([, { from }]) => from !== null);
    const start = block.from?.day ?? stated?.[1].from ?? null;
    const { prepared, on, options } = this;
    return new Body(prepared, block, reports, start, on, options.settings);
  }

  /** What is wrong with the entries of a report. */
  faults(block, report) {
    for (const { slot, path, problem } of report.faults) {
      const input = block.inputs[slot];
      const words = messages.ofField(problem);
      this.findings.push({
        ...blank(block, report.key, input.clauses, null),
        message: messages.about(words, input.label ?? input.key),
        path,
        problem,
        reports: [report],
        result: "unmet",
        rule: input.key,
      });
    }
  }

  milestone(indicator, milestone, body, key) {
    const { block } = body;
    for (const slot of slotsOf(milestone, body)) {
      const { due, window } = slot;
      const notDue =
        this.on !== null && due !== null && this.on.number < due.number;
      const looked = notDue || slot.total ? null : window;
      const outcome = this.settled(indicator, milestone, slot, notDue, body);
      const under =
        this.options.alternatives && !notDue
          ? this.under(indicator, milestone, slot, body, outcome.result)
          : [];
      const type = indicator.type.kind === "number" ? indicator.type : null;
      this.put({
        ...blank(block, key, milestone.clauses, type),
        ...outcome,
        due,
        label: slot.label,
        message: messages.labelOf(indicator),
        reports: body.sources(indicator, looked),
        rule: indicator.key,
        soft: milestone.soft === true,
        under,
        words:
          milestone.words === undefined
            ? undefined
            : messages.bothOf(milestone.words),
      });
    }
  }

  put({ above, notes, ...found }) {
    const { rule, clauses, message, result, limit, words } = found;
    const note = (text) => ({ rule, clauses, message: text });
    if (found.soft && result === "unmet") this.notes.push(note(message));
    if (above && result === "met")
      this.notes.push(note(messages.about(messages.ABOVE_RANGE, message)));
    if (words !== undefined && limit !== null) this.notes.push(note(words));
    const { lang } = this.options;
    for (const more of notes) {
      const known = this.notes.some(
        (n) => n.rule === more.rule && n.message[lang] === more.message[lang],
      );
      if (!known) this.notes.push(more);
    }
    this.findings.push(found);
  }

  /** Under open readings, what all their words agree on. */
  settled(indicator, milestone, slot, notDue, body) {
    let first = null;
    const uses = indicator.readings;
    for (const world of worlds(this.prepared, body.settings, uses)) {
      const there = body.under(world);
      const outcome = outcomeOf(indicator, milestone, slot, notDue, there);
      if (first === null) {
        first = outcome;
        continue;
      }
      const same = first.result === outcome.result;
      if (same && sameMeasure(first.value, outcome.value)) continue;
      if (!same) [first.result, first.needs] = ["unknown", silent().needs];
      [first.value, first.ratio, first.gap] = [silent(), null, undefined];
    }
    return first;
  }

  under(indicator, milestone, slot, body, here) {
    const uses = indicator.readings;
    const others = alternatives(this.prepared, body.settings, uses);
    return others.flatMap(({ reading, word, settings }) => {
      const there = body.under(settings);
      const { result } = this.settled(indicator, milestone, slot, false, there);
      return result === here ? [] : [{ reading, result, value: word }];
    });
  }
}

/** A finding before anything is known. */
const blank = (block, key, clauses, type) => ({
  block,
  clauses,
  due: null,
  key,
  limit: null,
  needs: [],
  ratio: null,
  soft: false,
  type,
  under: [],
  value: null,
});

function sameMeasure(a, b) {
  if (!isUnknown(a) || !isUnknown(b)) return sameValue(a, b);
  const same = (x, y) =>
    x === null ? y === null : y !== null && sameValue(x, y);
  const needs = (value) => value.needs.map(({ key }) => key).join("\n");
  return same(a.low, b.low) && same(a.high, b.high) && needs(a) === needs(b);
}

/** The windows of a milestone: one, or one a reported year. */
function slotsOf(milestone, body) {
  const { by, year, total } = milestone;
  const label = labelOfMilestone(milestone);
  const ends = (y) =>
    y >= FIRST_YEAR ? makeDay(y, 12, 31) : yearsAfter(body.start, y);
  const ofYear = (y) => ({
    window: { of: y },
    due: ends(y),
    label: y >= FIRST_YEAR ? String(y) : `year ${y}`,
    total: false,
  });
  if (total) return [{ window: null, due: by ?? null, label, total: true }];
  if (by !== undefined)
    return [{ window: { by }, due: by, label, total: false }];
  if (year !== undefined) return [ofYear(year)];
  const years = body.years();
  return years.length === 0
    ? [{ window: null, due: null, label, total: false }]
    : years.map(ofYear);
}

/** What comes of a milestone under one setting of all readings. */
function outcomeOf(indicator, milestone, slot, notDue, body) {
  const notes = [];
  const limit = limitOf(milestone.bound, body);
  const one = (key) => {
    const until = slot.due === null || notDue ? null : civil(slot.due).year;
    const measured = slot.total
      ? body.total(indicator, until, key, notes)
      : body.measure(indicator, notDue ? null : slot.window, key, notes);
    const truth = truthFor(indicator, milestone, measured, body);
    const { value } = measured;
    const gap =
      limit === null ? undefined : gapTo(milestone.bound, value, limit.low);
    const above =
      limit?.high !== undefined &&
      compareNumbers("more", value, limit.high) === true;
    return { truth, value, ratio: knownRatio(measured), gap, above };
  };
  const made =
    indicator.forAll === undefined
      ? forOne(one(null))
      : forEvery(body.prepared.lists.get(indicator.forAll), one);
  if (notDue) {
    Object.assign(made, { result: "not yet due", needs: [], above: false });
    for (const item of made.items ?? [])
      Object.assign(item, { result: "not yet due", needs: [] });
  } else if (
    body.on !== null &&
    slot.due === null &&
    made.result === "unknown" &&
    body.block.from?.stage !== undefined
  ) {
    // Without the day it counts from nobody knows whether it is due.
    const stage = new Need(body.block.from.stage, "other");
    made.needs = mergeNeeds(made.needs, [stage]);
  }
  return { ...made, limit, notes };
}

function forOne({ truth, ...rest }) {
  return { ...resultOf(true, truth), ...rest, items: undefined };
}

function forEvery({ index }, one) {
  const all = [...index.keys()].map((key, at) => ({ key, ...one(at) }));
  const items = all.map(({ key, truth, value, gap }) => ({
    key,
    ...resultOf(true, truth),
    value,
    gap,
  }));
  return {
    ...resultOf(true, and(...all.map(({ truth }) => truth))),
    value: null,
    ratio: null,
    gap: undefined,
    above: all.some(({ above }) => above),
    items,
  };
}

function limitOf(bound, body) {
  if (bound === undefined) return null;
  const scope = body.scope();
  return { low: bound.limit(scope), high: bound.high?.(scope) };
}

/** Whether the milestone is reached: by its bound, by a yes, else as people judge it. */
function truthFor(indicator, { bound }, measured, body) {
  if (bound !== undefined) return body.holds(bound, measured);
  const { value } = measured;
  if (indicator.type.kind !== "bool")
    return new Unknown([new Need(indicator.key, "judgement")]);
  return typeof value === "boolean" ? value : new Unknown(allNeeds([value]));
}
