// The functions of which a programme's expressions are made, as far as they need nothing but their operands.
//
// Always: total; null (no value) passes through; nothing is known that an unknown operand leaves open.

import { aggregate, hasRun } from "./aggregate.mjs";
import { Day, Moment, makeDay, shiftDay } from "./date.mjs";
import { compareNumbers, scaled, times } from "./interval.mjs";
import { isNumber } from "./number.mjs";
import { or, truthOf } from "./truth.mjs";
import {
  BAD,
  Duration,
  Fields,
  Unknown,
  allNeeds,
  awaited,
  isUnknown,
  sameValue,
} from "./value.mjs";

/** A day of the calendar. */
export const day = (year, month, date) => makeDay(year, month, date);

/** A point in time: seconds since 1970-01-01T00:00:00Z. */
export const moment = (seconds) => new Moment(seconds);

export const days = (count) => new Duration(count, "days");
export const weeks = (count) => new Duration(count, "weeks");
export const workingDays = (count) => new Duration(count, "working_days");
export const months = (count) => new Duration(count, "months");
export const years = (count) => new Duration(count, "years");

/** Compares two like values that are there; days and moments are compared by the scope (`c.days`, `c.moments`). */
export function compareValues(relation, a, b) {
  if (isNumber(a) || isNumber(b) || isUnknown(a) || isUnknown(b))
    return compareNumbers(relation, a, b);
  if (a === null || b === null) return new Unknown();
  return relation === "equal" ? sameValue(a, b) : !sameValue(a, b);
}

/** A comparison; nearly always of two small whole numbers. */
const compared = (relation, ofSmall) => (a, b) => {
  if (typeof a === "number" && typeof b === "number") return ofSmall(a, b);
  return a === null || b === null ? null : compareValues(relation, a, b);
};

/** a = b */
export const equal = compared("equal", (a, b) => a === b);
/** a ≠ b */
export const notEqual = compared("notEqual", (a, b) => a !== b);
/** a < b */
export const less = compared("less", (a, b) => a < b);
/** a ≤ b */
export const atMost = compared("atMost", (a, b) => a <= b);
/** a > b */
export const more = compared("more", (a, b) => a > b);
/** a ≥ b */
export const atLeast = compared("atLeast", (a, b) => a >= b);

/** Whether a value is one of these; of a set among them, whether it holds the value. */
export function isIn(value, set) {
  if (value === null) return null;
  const holds = (choice) => typeof value === "string" && Array.isArray(choice);
  return or(
    ...set.map((choice) =>
      holds(choice)
        ? choice.includes(value)
        : compareValues("equal", value, choice),
    ),
  );
}

/** Whether there is a value: never unknown. */
export const isGiven = (value) => value !== null && !isUnknown(value);

const workedOut = (part) => (typeof part === "function" ? part() : part);

/** The value, or the default where it has none. */
export const otherwise = (value, fallback) =>
  value === null ? workedOut(fallback) : value;

/** One of two by a condition. */
export function choose(test, then, other) {
  const truth = truthOf(test);
  if (isUnknown(truth)) return truth;
  return workedOut(truth ? then : other);
}

/** a × b, of which b is a constant of the programme. */
export const timesConstant = (a, b) =>
  isUnknown(a) && isNumber(b) ? scaled(a, b) : times(a, b);

/** a × b, of which a is a constant of the programme. */
export const constantTimes = (a, b) =>
  isNumber(a) && isUnknown(b) ? scaled(b, a) : times(a, b);

/** An entry as value; a blank one is unknown within its declared bounds, or has no value where it may be blank. */
export function valueOf(data, key, source, optional, bounds) {
  if (data !== null && data !== BAD) return data;
  if (data === null && optional) return null;
  const [low, high] = bounds;
  const open = awaited(key, source);
  open.low = low;
  open.high = high;
  return open;
}

/** A field of a record. */
export function field(of, key) {
  if (isUnknown(of)) return new Unknown(of.needs);
  if (!(of instanceof Fields)) return null;
  const index = of.record.index.get(key);
  const declared = of.record.fields[index];
  return valueOf(
    of.values[index],
    key,
    "other",
    declared.optional === true,
    declared.bounds,
  );
}

/** An item of a list, or a chosen value of a closed list. */
export class Item {
  constructor(data) {
    this.data = data;
  }

  /** The item itself. */
  get value() {
    return valueOf(this.data, "", "other", false, [null, null]);
  }

  /** A field of the item. */
  field(key) {
    return this.data instanceof Fields
      ? field(this.data, key)
      : awaited(key, "other");
  }
}

/** An aggregate over the items of one list: `where` says which count, `value` what is taken of each. */
export const overList = (op, list, of = {}) =>
  ofItems(list, of, (members) => aggregate(op, members));

/** Whether so many whole numbers, one after another, are each the value of an item that counts. */
export const consecutive = (length, list, of) =>
  ofItems(list, of, (members) => hasRun(length, members));

/** What is made of the items of a list; an unknown one is awaited. */
function ofItems(list, { where, value }, make) {
  if (isUnknown(list)) return new Unknown(list.needs);
  if (!Array.isArray(list)) return list;
  const members = list.map((data) => {
    const item = new Item(data);
    const counts = where === undefined ? true : truthOf(where(item));
    return { counts, value: counts === false ? undefined : value?.(item) };
  });
  return make(members);
}

/** The quotient of a value that is unknown and a number: nothing is known but what is awaited. */
export const openQuotient = (...operands) => new Unknown(allNeeds(operands));
