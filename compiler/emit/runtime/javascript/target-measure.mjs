// What an indicator amounts to in a window of time, and how it stands to a milestone's bound.
//
// In: the reports of one body (of `for all`: of all bodies), the day looked at, the settings of readings. Out: values, truths.
// Always: a ratio is compared by cross-multiplication, so that a numerator known by its ends only still decides.

import { aggregate } from "./aggregate.mjs";
import { Day, civil } from "./date.mjs";
import { valueOf } from "./expression.mjs";
import { Group } from "./group.mjs";
import { compareNumbers, within } from "./interval.mjs";
import { compare, divide, isNumber, multiply, subtract } from "./number.mjs";
import {
  FIRST_YEAR,
  beginOf,
  endOf,
  liesIn,
  yearOf,
} from "./target-period.mjs";
import { Unknown, allNeeds, boundsOf, isUnknown, silent } from "./value.mjs";

const RELATION = {
  "at most": "atMost",
  less: "less",
  "at least": "atLeast",
  between: "atLeast",
  more: "more",
  equal: "equal",
};

const DAYS = {
  atMost: (order) => order <= 0,
  less: (order) => order < 0,
  atLeast: (order) => order >= 0,
  more: (order) => order > 0,
  equal: (order) => order === 0,
};

const isPositive = (value) => isNumber(value) && compare(value, 0) > 0;

export class Body {
  constructor(prepared, block, reports, start, on, settings) {
    this.prepared = prepared;
    this.block = block;
    /** `[position among all reports, report]` */
    this.reports = reports;
    this.start = start;
    this.on = on;
    this.settings = settings;
  }

  /** The same under other settings of readings. */
  under(settings) {
    const { prepared, block, reports, start, on } = this;
    return new Body(prepared, block, reports, start, on, settings);
  }

  /** Reports within a window that can be known on the day looked at, the latest last. */
  within(window) {
    const found = [];
    for (const [at, report] of this.reports) {
      const start = report.from ?? this.start;
      const begins = beginOf(report.period, start);
      const known =
        this.on === null || begins === null || begins.number <= this.on.number;
      if (known && liesIn(report.period, window, start))
        found.push({ ends: endOf(report.period, start), at, report });
    }
    // What has no day comes first.
    const place = ({ ends }) => ends?.number ?? -Infinity;
    const order = (a, b) =>
      place(a) === place(b) ? a.at - b.at : place(a) < place(b) ? -1 : 1;
    return found.sort(order).map(({ report }) => report);
  }

  /** The years that reports speak of, ascending. */
  years() {
    const years = this.within(null).map((report) => yearOf(report.period));
    return [...new Set(years)].sort((a, b) => a - b);
  }

  /** The reports of a window that say something on an indicator. */
  sources(indicator, window) {
    const reads = indicator.reads ?? [];
    return this.within(window).filter((report) =>
      reads.some((slot) => report.entries[slot] !== undefined),
    );
  }

  /** The latest value of one input in a window. */
  input(slot, window, key) {
    const { key: name, place, bounds } = this.block.inputs[slot];
    let data = null;
    for (const { entries } of this.within(window)) {
      const entry = entries[slot];
      if (entry?.byKey !== undefined)
        data = (key === null ? null : entry.byKey[key]) ?? data;
      else if (entry !== undefined) data = entry.one;
    }
    const source = place === "judgements" ? "judgement" : "other";
    return valueOf(data, name, source, false, bounds);
  }

  scope() {
    return new Group(this.prepared, this.settings);
  }

  /** What an indicator amounts to in a window: `{ value, ratio }`; data notes are added to `notes`. */
  measure(indicator, window, key, notes) {
    const inputs = (indicator.reads ?? []).map((slot) =>
      this.input(slot, window, key),
    );
    const { formula } = indicator;
    if (formula === undefined) return { value: inputs[0] ?? null, ratio: null };
    const scope = this.scope();
    scope.keys.push(inputs);
    scope.subject = indicator;
    const value = formula.value(scope);
    const ratio =
      formula.part === undefined
        ? null
        : [formula.part(scope), formula.base(scope)];
    for (const note of scope.notes)
      if (!notes.some((n) => n.rule === note.rule)) notes.push(note);
    return {
      value: ratio === null ? value : between(value, ...ratio),
      ratio,
    };
  }

  /** The sum over years; what no year between the first and the last says stays open. */
  total(indicator, until, key, notes) {
    const years = this.years();
    if (years.length === 0) return this.measure(indicator, null, key, notes);
    let [first, last] = [years[0], until ?? years.at(-1)];
    if (this.start !== null && first >= FIRST_YEAR)
      first = Math.min(civil(this.start).year, first);
    if (first > last) return this.measure(indicator, { of: last }, key, notes);
    const members = [];
    for (let of = first; of <= last; of += 1)
      members.push({
        counts: true,
        value: this.measure(indicator, { of }, key, notes).value,
      });
    return { value: aggregate("sum", members), ratio: null };
  }

  /** Whether a bound holds. Above a range is more than asked for, and holds. */
  holds(bound, measured) {
    const limit = bound.limit(this.scope());
    if (bound.kind !== "about")
      return compared(RELATION[bound.kind], measured, limit);
    const band = this.scope().band();
    return band === null ? silent() : within(measured.value, limit, band);
  }
}

function compared(relation, { value, ratio }, limit) {
  // a ÷ b against c is a against b × c, as long as b is above nothing.
  if (ratio !== null && isPositive(ratio[1]) && isNumber(limit))
    return compareNumbers(relation, ratio[0], multiply(ratio[1], limit));
  if (ratio !== null && isUnknown(value))
    return new Unknown(allNeeds([...ratio, limit]));
  if (value instanceof Day && limit instanceof Day)
    return DAYS[relation](value.number - limit.number);
  if (typeof value === "boolean" && typeof limit === "boolean")
    return (value === limit) === (relation === "equal");
  return compareNumbers(relation, value, limit);
}

/** A ratio that is not known, between its ends. */
function between(value, part, base) {
  if (!isUnknown(value) || !isPositive(base)) return value;
  const [low, high] = boundsOf(part).map((end) =>
    end === null ? null : divide(end, base),
  );
  return new Unknown(value.needs, low, high);
}

/** Numerator and denominator, where both are known; else null. */
export const knownRatio = ({ ratio }) =>
  ratio !== null && ratio.every(isNumber) ? ratio : null;

/** How far a known value is from its bound; nothing once it is reached; undefined where one is not known. */
export function gapTo({ kind }, value, limit) {
  if (!isNumber(value) || !isNumber(limit)) return undefined;
  const missing =
    kind === "at most" || kind === "less"
      ? subtract(value, limit)
      : subtract(limit, value);
  return compare(missing, 0) < 0 ? 0 : missing;
}
