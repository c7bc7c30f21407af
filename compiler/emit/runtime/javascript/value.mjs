// Values during evaluation.
//
// A value is null (none: optional and blank, not relevant, a rule that is not applicable), an Unknown, a boolean, an exact number
// (number.mjs), a text or a closed list's key (string), a Day, a Moment, a Duration, a Fields (record), or an array (list, set).
// Always: an unknown names each awaited key once, in order of first use; its bounds are in base units, an open end is null.

import { Day, Moment } from "./date.mjs";
import { compare, isNumber } from "./number.mjs";

/** Something that is awaited: its key, and who can supply it: "judgement", "notice" or "other". */
export class Need {
  constructor(key, source) {
    this.key = key;
    this.source = source;
  }
}

const NOTICE = new Need("notice", "notice");

/** Not known: what is awaited, and between which bounds a number lies. */
export class Unknown {
  constructor(needs = [], low = null, high = null) {
    this.needs = needs;
    this.low = low;
    this.high = high;
  }
}

/** A record's fields in order, and the record as declared. */
export class Fields {
  constructor(values, record) {
    this.values = values;
    this.record = record;
  }
}

/** A calendar duration. */
export class Duration {
  constructor(count, unit) {
    this.count = count;
    this.unit = unit;
  }
}

/** An entry that is there and that the rules cannot use. */
export const BAD = Symbol("bad");

/** Unknown because of one entry. */
export const awaited = (key, source) => new Unknown([new Need(key, source)]);

/** The notice is silent. */
export const silent = () => new Unknown([NOTICE]);

export const isUnknown = (value) => value instanceof Unknown;

/** Both lists, each need once. */
export function mergeNeeds(needs, more) {
  if (needs.length === 0) return more;
  const added = more.filter(
    (m) => !needs.some((n) => n.key === m.key && n.source === m.source),
  );
  return added.length === 0 ? needs : [...needs, ...added];
}

/** The needs of several values together, in their order. */
export function allNeeds(values) {
  return values.reduce(
    (needs, value) =>
      isUnknown(value) ? mergeNeeds(needs, value.needs) : needs,
    [],
  );
}

/** Whether judgements, and nothing else, are awaited. */
export const onlyJudgements = (needs) =>
  needs.length > 0 && needs.every((n) => n.source === "judgement");

/** Where a number lies, as [low, high]; a known one is both ends. */
export function boundsOf(value) {
  if (isNumber(value)) return [value, value];
  return isUnknown(value) ? [value.low, value.high] : [null, null];
}

/** Whether two known values are the same. */
export function sameValue(a, b) {
  if (isNumber(a)) return isNumber(b) && compare(a, b) === 0;
  if (a instanceof Day) return b instanceof Day && a.number === b.number;
  if (a instanceof Moment)
    return b instanceof Moment && a.seconds === b.seconds;
  if (a instanceof Fields)
    return b instanceof Fields && sameValue(a.values, b.values);
  if (Array.isArray(a))
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameValue(item, b[i]))
    );
  return a === b;
}
