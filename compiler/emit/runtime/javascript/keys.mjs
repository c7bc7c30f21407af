// Keys and groups of a quota: which groups there are, and which cases belong to each.
//
// Always: a case whose key is blank may be in any group; groups are ordered by the ranges of their keys, present keys by their text.

import { Day, showDay } from "./date.mjs";
import { Group } from "./group.mjs";
import { isNumber, showNumber } from "./number.mjs";
import { shownNumber } from "./report.mjs";
import { and } from "./truth.mjs";
import { Unknown, isUnknown } from "./value.mjs";

/** A key's value as data shows it; null where it has none. */
export function keyText(type, value) {
  if (typeof value === "string" || typeof value === "boolean")
    return String(value);
  if (isNumber(value))
    return type?.kind === "number"
      ? String(shownNumber(value, type))
      : showNumber(value);
  return value instanceof Day ? showDay(value) : null;
}

/** The key of one case: `{ text, value }` where known, `{ needs }` where open, `{}` where it has none: then it is in no group. */
function caseKey(key, scene) {
  const of = key.of?.[scene.track.key];
  if (of === undefined) return {};
  const value = of.value(scene);
  const text = keyText(of.type, value);
  if (text !== null) return { text, value };
  return isUnknown(value) ? { needs: value.needs } : {};
}

/** Whether a case with these keys is in the group of this name. */
function mayBelong(keys, name) {
  const same = keys.map(({ text, needs }, i) =>
    needs === undefined ? text === name[i] : new Unknown(needs),
  );
  return and(...same);
}

/** The text of a case's key of this name; null if it is not known. */
export function namedKey(quota, name, scene) {
  const key = quota.keys?.find((one) => one.name === name);
  return key === undefined ? null : (caseKey(key, scene).text ?? null);
}

/** Where a case stands among a quota's groups: the name of one, as JSON; `true`: in any, as far as known; `false`: in none. */
export function placeOf(quota, scene) {
  const keys = (quota.keys ?? []).map((key) => caseKey(key, scene));
  if (keys.some(({ text, needs }) => text === undefined && needs === undefined))
    return false;
  return keys.some(({ text }) => text === undefined)
    ? true
    : JSON.stringify(keys.map(({ text }) => text));
}

/** All groups of a quota, as `{ name, values, members }`, with the cases given as `[position, whether it counts]`. */
export function groupsOf(prepared, quota, scenes, cases, settings) {
  const keys = quota.keys ?? [];
  const keyed = cases
    .filter(([at]) => quota.tracks.includes(scenes[at].track.key))
    .map(([at, counts]) => ({
      at,
      counts,
      keys: keys.map((key) => caseKey(key, scenes[at])),
    }));
  const ranges = keys.map((key, i) =>
    rangeOf(prepared, key, i, keyed, settings),
  );
  const groups = product(ranges);
  const byName = new Map(
    groups.map((group) => [JSON.stringify(group.name), group]),
  );
  for (const { at, counts, keys: own } of keyed) {
    // One that does not count still shows its keys.
    if (counts === false) continue;
    if (own.every((key) => key.text !== undefined)) {
      byName
        .get(JSON.stringify(own.map((key) => key.text)))
        ?.members.push([at, counts]);
      continue;
    }
    for (const group of groups) {
      const belongs = mayBelong(own, group.name);
      if (belongs !== false) group.members.push([at, and(counts, belongs)]);
    }
  }
  return groups;
}

/** The values that a key has, as `{ text, value }`. */
function rangeOf(prepared, key, index, keyed, settings) {
  if (key.range.list !== undefined) {
    return [...prepared.lists.get(key.range.list).index.keys()].map((text) => ({
      text,
      value: text,
    }));
  }
  const values =
    key.range.constants === undefined
      ? []
      : constantKeys(prepared, key.range, settings);
  const known = new Set(values.map(({ text }) => text));
  const present = [];
  for (const { keys } of keyed) {
    const { text, value } = keys[index];
    if (text === undefined || known.has(text)) continue;
    known.add(text);
    present.push({ text, value });
  }
  return [...values, ...present.sort((a, b) => (a.text < b.text ? -1 : 1))];
}

/** The constant keys of the table that the check indexes with this key. */
function constantKeys(prepared, { constants, type }, settings) {
  const scope = new Group(prepared, settings);
  const values = new Map();
  for (const constant of constants) {
    const value = typeof constant === "function" ? constant(scope) : constant;
    const text = keyText(type, value);
    if (text !== null && !values.has(text)) values.set(text, value);
  }
  return [...values].map(([text, value]) => ({ text, value }));
}

/** Every combination of keys, the last key changing fastest. Without keys there is one group. */
function product(ranges) {
  let groups = [{ name: [], values: [] }];
  for (const range of ranges) {
    groups = groups.flatMap(({ name, values }) =>
      range.map((key) => ({
        name: [...name, key.text],
        values: [...values, key.value],
      })),
    );
  }
  return groups.map((group) => ({ ...group, members: [] }));
}
