// Who sent what, in which order: packages, and cases that came without one, by time.
//
// Always: equal times of one sender are one sending; what has no time comes last if it is a package, first if it is a loose case.

import { Day, Moment } from "./date.mjs";
import { namedKey, placeOf } from "./keys.mjs";
import { compareTexts } from "./text.mjs";

const [FIRST, AT, LAST] = [0, 1, 2];

/** The sendings at a stage in turn, as `{ packages, cases }`, both by position. */
export function sendingsOf(run, senderQuotas) {
  const turns = new Map();
  const at = (turn, sender) => {
    const name = JSON.stringify([turn, sender]);
    if (!turns.has(name))
      turns.set(name, { turn, sender, packages: [], cases: [] });
    return turns.get(name);
  };
  const packed = new Set();
  for (const { index, one } of run.packages) {
    const cases = run.casesOf(one);
    cases.forEach((position) => packed.add(position));
    const own = [...one.key.values()].join("\u001f");
    const sender =
      one.key.size > 0
        ? own
        : ((cases.length > 0 ? senderOf(run, senderQuotas, cases[0]) : null) ??
          "");
    const time = secondsOf(run, one.at);
    const sending = at(time === null ? [LAST, index] : [AT, time], sender);
    sending.packages.push(index);
    sending.cases.push(...cases);
  }
  for (const [position] of run.counted) {
    if (packed.has(position)) continue;
    const time = secondsOf(run, run.sentAt(position));
    at(
      time === null ? [FIRST, 0] : [AT, time],
      senderOf(run, senderQuotas, position) ?? "",
    ).cases.push(position);
  }
  return [...turns.values()].sort(
    (a, b) =>
      a.turn[0] - b.turn[0] ||
      a.turn[1] - b.turn[1] ||
      compareTexts(a.sender, b.sender),
  );
}

/** Cases taken so far, by the group of one quota in which they stand: a sending is laid only beside those that it can meet. */
export class Taken {
  constructor(run, quota) {
    this.place = (at) => placeOf(quota, run.scenes[at]);
    this.byGroup = new Map();
    this.anywhere = [];
  }

  /** The sending's cases and those taken that may be in a group with one of them; null: that may be all. */
  beside(cases) {
    const near = new Set([...cases, ...this.anywhere]);
    for (const place of new Set(cases.map(this.place))) {
      if (place === true) return null;
      for (const at of this.byGroup.get(place) ?? []) near.add(at);
    }
    return [...near];
  }

  /** Takes the cases of a sending that fitted. */
  take(cases) {
    for (const at of cases) {
      const place = this.place(at);
      if (place === true) this.anywhere.push(at);
      else if (this.byGroup.has(place)) this.byGroup.get(place).push(at);
      else if (place !== false) this.byGroup.set(place, [at]);
    }
  }
}

/** The sender's key of a case; null if it is not known. */
function senderOf(run, quotas, position) {
  for (const quota of quotas) {
    const per = run.prepared.actors.get(quota.binding.sender)?.per;
    const text =
      per === undefined ? null : namedKey(quota, per, run.scenes[position]);
    if (text !== null) return text;
  }
  return null;
}

/** A time as seconds, a bare day as its beginning; null where there is none. */
function secondsOf(run, at) {
  if (at instanceof Moment) return at.seconds;
  return at instanceof Day
    ? (run.prepared.zone?.startOf(at)?.seconds ?? null)
    : null;
}
