// Numbers that may be unknown: intervals through +, −, × constant, larger, smaller and comparison; nothing else.
//
// Always: exact; an open end is null; null among the operands (no value) passes on.

import * as exact from "./number.mjs";
import { and } from "./truth.mjs";
import { Unknown, allNeeds, boundsOf, isUnknown } from "./value.mjs";

const both = (x, y, join) => (x === null || y === null ? null : join(x, y));

/** a + b */
export function plus(a, b) {
  if (exact.isNumber(a) && exact.isNumber(b)) return exact.add(a, b);
  if (a === null || b === null) return null;
  const [[al, ah], [bl, bh]] = [boundsOf(a), boundsOf(b)];
  return new Unknown(
    allNeeds([a, b]),
    both(al, bl, exact.add),
    both(ah, bh, exact.add),
  );
}

/** −a */
export function negative(a) {
  if (exact.isNumber(a)) return exact.negate(a);
  if (!isUnknown(a)) return a;
  const turned = (end) => (end === null ? null : exact.negate(end));
  return new Unknown(a.needs, turned(a.high), turned(a.low));
}

/** a − b */
export const minus = (a, b) => plus(a, negative(b));

/** a × factor, the factor a constant of the programme. */
export function scaled(a, factor) {
  if (exact.isNumber(a)) return exact.multiply(a, factor);
  if (!isUnknown(a)) return a;
  const ends = [a.low, a.high].map((end) =>
    end === null ? null : exact.multiply(end, factor),
  );
  if (exact.compare(factor, 0) < 0) ends.reverse();
  return new Unknown(a.needs, ...ends);
}

/** a × b where neither is a constant of the programme. */
export function times(a, b) {
  if (exact.isNumber(a) && exact.isNumber(b)) return exact.multiply(a, b);
  return a === null || b === null ? null : new Unknown(allNeeds([a, b]));
}

function extreme(sign, values) {
  if (values.includes(null)) return null;
  const pick = (ends, every) => {
    const known = ends.filter((end) => end !== null);
    if ((every && known.length < ends.length) || known.length === 0)
      return null;
    return known.reduce((best, end) =>
      exact.compare(end, best) * sign > 0 ? end : best,
    );
  };
  // The largest of all is at least each known low end, and at most the highest of all high ends.
  const low = pick(
    values.map((v) => boundsOf(v)[0]),
    sign < 0,
  );
  const high = pick(
    values.map((v) => boundsOf(v)[1]),
    sign > 0,
  );
  return values.every(exact.isNumber)
    ? low
    : new Unknown(allNeeds(values), low, high);
}

/** The larger of several. */
export const largest = (...values) => extreme(1, values);

/** The smaller of several. */
export const smallest = (...values) => extreme(-1, values);

/** Rounds a known number in its unit; bounds do not pass. */
export function rounded(a, mode, digits, unit) {
  if (exact.isNumber(a))
    return exact.multiply(
      exact.round(exact.divide(a, unit), mode, digits),
      unit,
    );
  return isUnknown(a) ? new Unknown(a.needs) : a;
}

/** Whether every value of the first is in this relation to every value of the second. */
const all = (x, test, y) =>
  x !== null && y !== null && test(exact.compare(x, y));

const RELATIONS = {
  atMost: ([al, ah], [bl, bh]) => [
    all(ah, (c) => c <= 0, bl),
    all(al, (c) => c > 0, bh),
  ],
  less: ([al, ah], [bl, bh]) => [
    all(ah, (c) => c < 0, bl),
    all(al, (c) => c >= 0, bh),
  ],
  atLeast: ([al, ah], [bl, bh]) => [
    all(al, (c) => c >= 0, bh),
    all(ah, (c) => c < 0, bl),
  ],
  more: ([al, ah], [bl, bh]) => [
    all(al, (c) => c > 0, bh),
    all(ah, (c) => c <= 0, bl),
  ],
  equal: (a, b) => [samePoint(a, b), apart(a, b)],
  notEqual: (a, b) => [apart(a, b), samePoint(a, b)],
};

const same = (x, y) => x !== null && y !== null && exact.compare(x, y) === 0;
const samePoint = ([al, ah], [bl, bh]) =>
  same(al, ah) && same(al, bl) && same(al, bh);
const apart = ([al, ah], [bl, bh]) =>
  all(al, (c) => c > 0, bh) || all(bl, (c) => c > 0, ah);

/** Compares two numbers by their bounds. */
export function compareNumbers(relation, a, b) {
  const [yes, no] = RELATIONS[relation](boundsOf(a), boundsOf(b));
  return yes || no ? yes : new Unknown(allNeeds([a, b]));
}

/** Whether the value lies within `band` (a fraction) around the target, ends included. */
export function within(value, target, band) {
  const low = scaled(target, exact.subtract(1, band));
  const high = scaled(target, exact.add(1, band));
  return and(
    compareNumbers("atLeast", value, low),
    compareNumbers("atMost", value, high),
  );
}
