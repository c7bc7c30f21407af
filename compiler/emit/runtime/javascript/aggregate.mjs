// Aggregates over members that are surely in, surely out, or maybe in: intervals.
//
// In: members `{ counts, value }`: whether each counts (truth), and its value where the aggregate asks for one (else undefined).
// Out: a value; a known one only when nothing is open.

import * as exact from "./number.mjs";
import { and, not, or, truthOf } from "./truth.mjs";
import {
  Unknown,
  boundsOf,
  isUnknown,
  mergeNeeds,
  sameValue,
} from "./value.mjs";

/** The aggregate of all members; those surely out are passed over. */
export function aggregate(op, members) {
  switch (op) {
    case "count":
      return count(members);
    case "count_distinct":
      return countDistinct(members);
    case "sum":
      return sum(members);
    case "min":
      return extreme(-1, members);
    case "max":
      return extreme(1, members);
    case "any":
      return exists(members);
    case "none":
      return not(exists(members));
    default:
      return and(...members.map((m) => or(not(m.counts), holds(m))));
  }
}

const holds = (member) =>
  member.value === undefined ? true : truthOf(member.value);

const exists = (members) => or(...members.map((m) => and(m.counts, holds(m))));

const counted = (members) => members.filter((m) => m.counts !== false);

/** What members await: whether they count, then what they are. */
function needsOf(members) {
  let needs = [];
  for (const member of counted(members)) {
    if (isUnknown(member.counts))
      needs = mergeNeeds(needs, member.counts.needs);
    if (isUnknown(member.value)) needs = mergeNeeds(needs, member.value.needs);
  }
  return needs;
}

/** A number between two counts; known when nothing is open. */
const between = (low, high, open, members) =>
  open ? new Unknown(needsOf(members), low, high) : low;

function count(members) {
  const sure = members.filter((m) => m.counts === true).length;
  const maybe = members.filter((m) => isUnknown(m.counts)).length;
  return between(sure, sure + maybe, maybe > 0, members);
}

function countDistinct(members) {
  const [sure, possible] = [[], []];
  let [namelessSure, nameless, open] = [false, 0, false];
  const has = (values, value) =>
    values.some((other) => sameValue(other, value));
  for (const { counts, value } of counted(members)) {
    if (value === undefined) continue;
    const certain = counts === true;
    open ||= !certain;
    if (value === null || isUnknown(value)) {
      open = true;
      nameless += 1;
      namelessSure ||= certain;
      continue;
    }
    if (!has(possible, value)) possible.push(value);
    if (certain && !has(sure, value)) sure.push(value);
  }
  return between(
    Math.max(sure.length, namelessSure ? 1 : 0),
    possible.length + nameless,
    open,
    members,
  );
}

const lesser = (x, y) => (exact.compare(x, y) < 0 ? x : y);
const greater = (x, y) => (exact.compare(x, y) > 0 ? x : y);

function sum(members) {
  let [low, high, open] = [0, 0, false];
  for (const { counts, value } of counted(members)) {
    if (value === undefined) continue;
    let [l, h] = boundsOf(value);
    open ||= !exact.isNumber(value);
    if (counts !== true) {
      open = true;
      // One that may not count adds between nothing and its value.
      l = l === null ? null : lesser(l, 0);
      h = h === null ? null : greater(h, 0);
    }
    low = low === null || l === null ? null : exact.add(low, l);
    high = high === null || h === null ? null : exact.add(high, h);
  }
  return low !== null && !open ? low : new Unknown(needsOf(members), low, high);
}

/** The smallest or largest; nothing to choose from has no value that is known. */
function extreme(sign, members) {
  let [inner, outer, outerOpen, open, any] = [null, null, false, false, false];
  const better = (old, end) =>
    old !== null && exact.compare(old, end) * sign >= 0 ? old : end;
  for (const { counts, value } of counted(members)) {
    if (value === undefined) continue;
    const certain = counts === true;
    any ||= certain;
    open ||= !certain || !exact.isNumber(value);
    const [low, high] = boundsOf(value);
    const [near, far] = sign > 0 ? [low, high] : [high, low];
    if (certain && near !== null) inner = better(inner, near);
    if (far === null) outerOpen = true;
    else outer = better(outer, far);
  }
  if (any && !open) return inner;
  if (!any) return new Unknown(needsOf(members));
  if (outerOpen) outer = null;
  return sign > 0
    ? new Unknown(needsOf(members), inner, outer)
    : new Unknown(needsOf(members), outer, inner);
}

/**
 * Whether so many whole numbers, one after another, are each the value of a member that counts. A member of which the value is not
 * known can stand for any one number; one that has no value stands for none.
 */
export function hasRun(length, members) {
  const there = counted(members).filter(
    ({ value }) => value !== undefined && value !== null,
  );
  const known = there.filter(({ value }) => !isUnknown(value));
  const sure = known.filter(({ counts }) => counts === true);
  if (makesRun(length, 0, sure)) return true;
  return makesRun(length, there.length - known.length, known)
    ? new Unknown(needsOf(there))
    : false;
}

/** Whether these numbers and so many `free` ones can make up a run of that length: all but `free` of them are there. */
function makesRun(length, free, members) {
  const before = length - free - 1;
  if (before < 0) return true;
  const numbers = members
    .map(({ value }) => value)
    .sort(exact.compare)
    .filter((n, at, all) => at === 0 || exact.compare(n, all[at - 1]) !== 0);
  const near = (last, at) =>
    exact.compare(exact.subtract(last, numbers[at]), length) < 0;
  return numbers.slice(before).some(near);
}

/**
 * The share of a part in a base, from portions `{ base, part }`: lo = t/(t+b), hi = p/(p+m) with t surely in the part, b maybe in the
 * base outside the part, p maybe or surely in the part, m surely in the base outside the part. A bound of 0/0 makes it unknown.
 * `counted`: part and base when both are known, else null.
 */
export function shareOf(portions) {
  let [t, b, p, m] = [0, 0, 0, 0];
  let needs = [];
  for (const { base, part } of portions) {
    const inside = and(base, part);
    const outside = and(base, not(part));
    if (inside === true) t += 1;
    if (inside !== false) p += 1;
    if (outside === true) m += 1;
    if (outside !== false) b += 1;
    for (const open of [inside, outside])
      if (isUnknown(open)) needs = mergeNeeds(needs, open.needs);
  }
  const quotient = (part, base) =>
    base === 0 ? null : exact.ratio(part, base);
  const [low, high] = [quotient(t, t + b), quotient(p, p + m)];
  const counted = t === p && b === m ? [t, t + b] : null;
  if (low === null || high === null)
    return { value: new Unknown(needs), counted };
  return { value: counted ? low : new Unknown(needs, low, high), counted };
}
