// One quota for one group: what was counted, and what follows while the batch is open or closed.

import { Group } from "./group.mjs";
import { compareNumbers } from "./interval.mjs";
import { compare, isNumber, subtract } from "./number.mjs";
import { resultOf } from "./rules.mjs";
import { truthOf } from "./truth.mjs";
import { isUnknown } from "./value.mjs";

/** Counts one group: whether the quota applies, its check, value and limits, and the positions of the cases counted. */
export function countGroup(prepared, quota, group, members, scenes, settings) {
  const scope = new Group(prepared, settings, scenes, members);
  scope.keys.push(group.values);
  scope.subject = quota;
  const applies = quota.when === undefined ? true : truthOf(quota.when(scope));
  scope.counted.clear();
  const test = truthOf(quota.test(scope));
  const counted = [...scope.counted].sort((a, b) => a - b);
  const value = quota.value === undefined ? null : quota.value(scope);
  const portions = quota.share ? scope.portions : null;
  const limit = quota.bound === undefined ? null : quota.bound.limit(scope);
  const upper = quota.bound?.high?.(scope);
  const { notes } = scope;
  return {
    applies,
    test,
    value,
    limit,
    upper,
    portions,
    members: counted,
    notes,
  };
}

const CAPS = { "at most": "more", equal: "more", less: "atLeast" };

/** Whether the value is over the cap; null: the check is no cap. */
export function overCap(quota, { value, limit, upper }) {
  const kind = quota.bound?.kind;
  if (kind in CAPS) return compareNumbers(CAPS[kind], value, limit);
  return kind === "between" ? compareNumbers("more", value, upper) : null;
}

/** `{ result, final, needs }` of a group. */
export function resultFor(quota, counted, closed) {
  const { result, needs } = resultOf(counted.applies, counted.test);
  if (closed || result === "not applicable")
    return { result, final: closed, needs };
  const open = { result: "unknown", final: false, needs };
  if (counted.applies !== true || !quota.grows) return open;
  const kind = quota.bound?.kind;
  if (kind === "at most" || kind === "less")
    return { result, final: result === "unmet", needs };
  if ((kind === "at least" || kind === "more") && result === "met")
    return { result, final: true, needs };
  const breached =
    (kind === "between" || kind === "equal") &&
    overCap(quota, counted) === true;
  return breached ? { result: "unmet", final: true, needs } : open;
}

/** What is printed of the value: `{ value }`, `{ low, high }`, `{ numerator, denominator }` or nothing; numbers with their type. */
export function measureOf(quota, { portions, value }) {
  if (portions !== null)
    return { numerator: portions[0], denominator: portions[1] };
  if (quota.type?.kind !== "number") return {};
  if (isNumber(value)) return { value };
  return isUnknown(value) ? { low: value.low, high: value.high } : {};
}

/** What is printed of the limit: a number, two, or nothing. */
export function limitOf(quota, { limit, upper }) {
  const { kind, type } = quota.bound ?? {};
  if (type?.kind !== "number" || !isNumber(limit)) return undefined;
  if (kind !== "between") return { one: limit, type };
  return isNumber(upper) ? { low: limit, high: upper, type } : undefined;
}

/** How far the value is above the limit, and below it; undefined where not both are known. */
export function distanceOf({ value, limit, upper }) {
  const high = upper ?? limit;
  if (!isNumber(value) || !isNumber(limit) || !isNumber(high)) return undefined;
  const positive = (n) => (compare(n, 0) < 0 ? 0 : n);
  return {
    over: positive(subtract(value, high)),
    free: positive(subtract(high, value)),
  };
}
