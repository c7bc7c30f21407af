// Where candidates stand in the order: between the best and the worst that what is unknown allows.
//
// In: candidates `{ belongs, best, worst, adds }`: whether each is one (truth), its levels at best and at worst, one a criterion, and the
// least and the most that it adds to a sum. Out: how many stand ahead of one, at least and at most, and what they add up to.
// Always: what is unknown of one candidate is taken to be apart from what is unknown of another; a sum that nothing holds is null.

import { Day, Moment } from "./date.mjs";
import { add, compare, isNumber, negate, subtract } from "./number.mjs";
import { isUnknown } from "./value.mjs";

/** The lowest level and the highest there are; all others are exact numbers. */
const LOWEST = Symbol("lowest");
const HIGHEST = Symbol("highest");

const end = (level) => (level === LOWEST ? -1 : level === HIGHEST ? 1 : 0);

/** Below zero, zero or above zero as one level is worse than, level with or better than another. */
function compareLevels(a, b) {
  const ends = end(a) - end(b);
  return ends !== 0 || end(a) !== 0 ? ends : compare(a, b);
}

/** Levels of several criteria, the weightiest first. */
function compareAll(a, b) {
  for (let i = 0; i < a.length; i += 1) {
    const order = compareLevels(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

const turned = (level) =>
  level === LOWEST ? HIGHEST : level === HIGHEST ? LOWEST : negate(level);

/** The best and the worst that a value of a criterion can be, as levels; the greater the better. */
export function levelsOf(scope, { highest }, type, value) {
  const ends = lowAndHigh(scope, type, value);
  // What has no value stands last.
  if (ends === null) return [LOWEST, LOWEST];
  const [low, high] = ends;
  return highest ? [high, low] : [turned(low), turned(high)];
}

function lowAndHigh(scope, type, value) {
  const both = (level) => [level, level];
  if (isNumber(value)) return both(value);
  if (typeof value === "boolean") return both(value ? 1 : 0);
  if (value instanceof Day) return both(value.number);
  if (value instanceof Moment) return both(value.seconds);
  if (isUnknown(value)) return openLevels(scope, type, value);
  return type.kind === "one_of" && typeof value === "string"
    ? both(scope.level(type.list, value))
    : null;
}

function openLevels(scope, type, { low, high }) {
  if (type.kind === "bool") return [0, 1];
  if (type.kind === "one_of") {
    const { index } = scope.prepared.lists.get(type.list);
    const levels = [...index.keys()].map((key) => scope.level(type.list, key));
    return [Math.min(...levels), Math.max(...levels)];
  }
  return [low ?? LOWEST, high ?? HIGHEST];
}

const plus = (a, b) => (a === null || b === null ? null : add(a, b));

const minus = (a, b) => (a === null || b === null ? null : subtract(a, b));

/** Whether a sum is not more than a limit. */
export const isWithin = (sum, limit) =>
  sum !== null && compare(sum, limit) <= 0;

const lesser = (a, b) =>
  b === null || (a !== null && compare(a, b) <= 0) ? a : b;

const smallest = (sums) => sums.reduce(lesser);

/** Whether a candidate's place depends on nothing unknown of its own. */
export const isSure = ({ belongs, best, worst, adds: [least, most] }) =>
  belongs === true &&
  compareAll(best, worst) === 0 &&
  (least === null
    ? most === null
    : most !== null && compare(least, most) === 0);

export class Ranking {
  constructor(all) {
    this.all = all;
    const { numbers, count } = placesOf(all);
    /** The numbers of each candidate's best place and of its worst; the better the smaller, level ones have the same. */
    this.best = numbers.slice(0, all.length);
    this.worst = numbers.slice(all.length);
    this.count = count;
    const positions = all.map((_, at) => at);
    /** All that may be candidates, each at its best place, with the most that it adds. */
    this.possible = new Side(
      count,
      positions,
      this.best,
      (at) => all[at].adds[1],
    );
    /** Those that surely are, each at its worst place, with the least. */
    const sure = positions.filter((at) => all[at].belongs === true);
    this.sure = new Side(count, sure, this.worst, (at) => all[at].adds[0]);
    /** The least that anyone adds whose place is not sure; undefined: everybody's is. */
    const loose = all.filter((one) => !isSure(one)).map(({ adds }) => adds[0]);
    this.loose = loose.length === 0 ? undefined : smallest(loose);
  }

  /** The candidates' positions, best first; level ones in the order given. */
  order() {
    const { best, worst } = this;
    return this.all
      .map((_, at) => at)
      .sort((a, b) => best[a] - best[b] || worst[a] - worst[b] || a - b);
  }

  /** Whether two can take the same best place. */
  asGood(one, other) {
    return this.best[one] === this.best[other];
  }

  /** The first criterion by which two differ at their best; -1: none. */
  partedBy(one, other) {
    const levels = this.all[other].best;
    return this.all[one].best.findIndex(
      (level, i) => compareLevels(level, levels[i]) !== 0,
    );
  }

  /** Whether a candidate's own best place is before its worst. */
  isOpen(at) {
    return this.best[at] < this.worst[at];
  }

  /** Whether it is not counted at the worst place of the group that it is in at best. */
  isLeftOut(at) {
    return this.all[at].belongs !== true || this.isOpen(at);
  }

  /** How many stand ahead of a candidate, at least and at most; `level`: with it and all that stand level with it. */
  ahead(at) {
    const [best, worst] = [this.best[at], this.worst[at]];
    const { sure, possible } = this;
    const open = this.isOpen(at) ? 1 : 0;
    const leftOut = this.isLeftOut(at) ? 1 : 0;
    return {
      count: [sure.before[best], possible.before[worst] - open],
      level: [sure.before[best + 1] + leftOut, possible.before[worst + 1]],
    };
  }

  /** What those ahead of it add up to, with the first of those level with it; `level`: with it and all that stand level with it. */
  aheadSum(at) {
    const [best, worst] = [this.best[at], this.worst[at]];
    const { sure, possible } = this;
    const { adds } = this.all[at];
    const before = this.isOpen(at)
      ? minus(possible.sums[worst], adds[1])
      : possible.sums[worst];
    const together = this.isLeftOut(at)
      ? plus(sure.sums[best + 1], adds[0])
      : sure.sums[best + 1];
    const [least, most] = this.least(at);
    return {
      first: [plus(sure.sums[best], least), plus(before, most)],
      level: [together, possible.sums[worst + 1]],
    };
  }

  /** The least that one of a group of equals adds, at least and at most. */
  least(at) {
    const { adds } = this.all[at];
    const level = this.sure.least[this.best[at]];
    if (this.loose === undefined) {
      const least = level === undefined ? adds[0] : level;
      return [least, least];
    }
    // One whose own place is open may stand level with anybody.
    const others = this.isOpen(at) ? this.sure.leastOfAll : level;
    const known = others === undefined ? [] : [others];
    return [smallest([...known, adds[0], this.loose]), adds[1]];
  }
}

/** The number of each candidate's best place, then of each one's worst; how many numbers there are. */
function placesOf(all) {
  const levels = [
    ...all.map(({ best }) => best),
    ...all.map(({ worst }) => worst),
  ];
  const order = levels.map((_, at) => at);
  order.sort((a, b) => compareAll(levels[b], levels[a]));
  const numbers = [];
  let count = 0;
  order.forEach((at, i) => {
    if (i === 0 || compareAll(levels[at], levels[order[i - 1]]) !== 0)
      count += 1;
    numbers[at] = count - 1;
  });
  return { numbers, count };
}

/** What stands at the places of one ranking. */
class Side {
  constructor(count, positions, places, addsOf) {
    const at = Array.from({ length: count }, () => ({ count: 0, sum: 0 }));
    for (const position of positions) {
      const place = at[places[position]];
      const adds = addsOf(position);
      place.count += 1;
      place.sum = plus(place.sum, adds);
      place.least =
        place.least === undefined ? adds : lesser(place.least, adds);
    }
    /** How many stand before each place, and before the end. */
    this.before = [0];
    /** What they add up to. */
    this.sums = [0];
    for (const place of at) {
      this.before.push(this.before.at(-1) + place.count);
      this.sums.push(plus(this.sums.at(-1), place.sum));
    }
    /** The least that one at each place adds. */
    this.least = at.map(({ least }) => least);
    const all = this.least.filter((least) => least !== undefined);
    /** The least that anyone adds. */
    this.leastOfAll = all.length === 0 ? undefined : smallest(all);
  }
}
