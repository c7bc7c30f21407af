// Who is taken of one group: the order, how many, what becomes of equals at the cut, who waits, who moves up.
//
// In: candidates, the limit, what becomes of equals. Out: for each candidate how it fares: `{ result, position, by, needs }`.
// Always: one is in or out only if it is so whatever the unknown turns out to be; whole groups of equals are taken while they fit; nobody
// is picked.

import { sidesOf } from "./passing.mjs";
import { Ranking, isSure, isWithin } from "./ranking.mjs";
import { add, compare, round, subtract } from "./number.mjs";
import { isUnknown, mergeNeeds, silent } from "./value.mjs";

const SELECTED = { result: "selected" };
const NOT_SELECTED = { result: "not selected" };

const waiting = (position) => ({ result: "waiting", position });

const open = (needs) => ({ result: "unknown", needs });

const takesAway = ({ adds: [least] }) =>
  least !== null && compare(least, 0) < 0;

/** Whether it goes along the list by a sum. */
const isAlong = ({ kind }) => kind === "while" || kind === "passing";

export class Cut {
  /** `limit`: `{ kind, low, high }`, or `{ kind: "nearest", target, least }`; `needs`: what it awaits; `tied`: as declared. */
  constructor(all, limit, needs, tied) {
    this.all = all;
    this.ranking = new Ranking(all);
    // Along such a list a sum goes up and down.
    const isLost = isAlong(limit) && all.some(takesAway);
    this.limit = isLost ? { ...limit, low: null, high: null } : limit;
    this.needs = needs;
    this.tied = tied;
    this.awaited_ = null;
    this.fares =
      limit.kind === "nearest"
        ? this.nearest()
        : this.sides().map((side, at) => this.one(all[at], side));
  }

  sides() {
    return this.limit.kind === "passing"
      ? sidesOf(this)
      : this.all.map((_, at) => this.side(at));
  }

  one({ belongs }, side) {
    if (belongs === false || side === "out") return NOT_SELECTED;
    if (belongs === true && side === "in") return SELECTED;
    return belongs === true && side === "parted"
      ? this.partedFares()
      : open(this.awaited());
  }

  /** A group of equals that somebody has to part, or on which the notice is silent. */
  partedFares() {
    return this.tied?.kind === "judged"
      ? { result: "tied", by: this.tied.by }
      : open(silent().needs);
  }

  /** What an open place awaits: everything that is unknown of the candidates, and of the limit. */
  awaited() {
    this.awaited_ ??= this.all.reduce((needs, candidate) => {
      const more = mergeNeeds(needs, candidate.needs);
      return isUnknown(candidate.belongs)
        ? mergeNeeds(more, candidate.belongs.needs)
        : more;
    }, this.needs);
    return this.awaited_;
  }

  side(at) {
    const { kind, low, high } = this.limit;
    if (kind === "all") return "in";
    const ahead =
      kind === "number" ? this.aheadCount(at) : this.ranking.aheadSum(at);
    return this.parted(ahead.first, ahead.level, low, high);
  }

  /** With the first of those level with it, and with all of them. */
  aheadCount(at) {
    const { count, level } = this.ranking.ahead(at);
    return { first: [count[0] + 1, count[1] + 1], level };
  }

  /** `first`: with the first of the group of equals; `whole`: with all of it; each at least and at most. */
  parted(first, whole, low, high) {
    const fits = (most) => low !== null && isWithin(most, low);
    const breaks = (least) => high !== null && !isWithin(least, high);
    switch (this.tied?.kind) {
      case "admit all":
        return fits(first[1]) ? "in" : breaks(first[0]) ? "out" : "open";
      case "admit none":
        return fits(whole[1]) ? "in" : breaks(whole[0]) ? "out" : "open";
      default:
        if (fits(whole[1])) return "in";
        if (breaks(first[0])) return "out";
        return fits(first[1]) && breaks(whole[0]) ? "parted" : "open";
    }
  }

  /** The beginning, at an end of a group of equals, whose sum is nearest; two as near, or something unknown: open. */
  nearest() {
    const { all, ranking, limit } = this;
    const { target, least } = limit;
    const sure = all.every((one) => one.belongs === false || isSure(one));
    if (target === null || !sure || least === null)
      return all.map((one) => this.one(one, "open"));
    const order = ranking.order().filter((at) => all[at].belongs === true);
    const distance = (sum) => {
      const beyond = subtract(sum, target);
      return compare(beyond, 0) < 0 ? subtract(0, beyond) : beyond;
    };
    const ends = this.ends(order).filter(
      ({ sum }) => least === undefined || compare(sum, least) >= 0,
    );
    const compareEnds = (a, b) => compare(distance(a.sum), distance(b.sum));
    const [first] = [...ends].sort(compareEnds);
    const near = ends.filter((one) => compareEnds(one, first) === 0);
    if (near.length !== 1)
      return all.map(({ belongs }) =>
        belongs === true ? open(silent().needs) : NOT_SELECTED,
      );
    const taken = new Set(order.slice(0, near[0].count));
    return all.map((_, at) => (taken.has(at) ? SELECTED : NOT_SELECTED));
  }

  /** The ends of groups of equals: what is added up to there, and how many; what adds nothing is taken with what stands before it. */
  ends(order) {
    const ends = [{ sum: 0, count: 0 }];
    let sum = 0;
    order.forEach((at, i) => {
      sum = add(sum, this.all[at].adds[0]);
      const next = order[i + 1];
      if (next !== undefined && this.ranking.asGood(next, at)) return;
      if (compare(ends.at(-1).sum, sum) === 0) ends.at(-1).count = i + 1;
      else ends.push({ sum, count: i + 1 });
    });
    return ends;
  }

  /** The rank of a candidate, where it is sure, and how many stand level with it, itself included, at least; else null. */
  rank(at) {
    const { count, level } = this.ranking.ahead(at);
    const [least, most] = count;
    return least === most && this.all[at].belongs === true
      ? { rank: least + 1, level: Math.max(level[0] - most, 0) }
      : null;
  }

  /** How many are selected, at least and at most. */
  selected() {
    const count = (word) =>
      this.fares.filter(({ result }) => result === word).length;
    const [least, parted, unknown] = ["selected", "tied", "unknown"].map(count);
    const places = this.places();
    // Of a group that somebody parts as many are taken as there are places.
    return places !== null && parted > 0 && unknown === 0
      ? [places, places]
      : [least, least + parted + unknown];
  }

  /** How many places there are, where a number limits and is known; else null. */
  places() {
    const { kind, low, high } = this.limit;
    const known =
      kind === "number" &&
      low !== null &&
      high !== null &&
      compare(low, high) === 0;
    const places = known ? round(low, "down", 0) : -1;
    return places >= 0 ? places : null;
  }

  /** Whoever got none of the places by wish is not selected; where that is open, so is this. */
  place(given) {
    given.forEach((wish, at) => {
      if (wish === "") this.fares[at] = NOT_SELECTED;
      if (wish !== null) return;
      const awaited = this.awaited();
      this.fares[at] = open(awaited.length === 0 ? silent().needs : awaited);
    });
  }

  /** Puts those in line who come next. */
  wait(low, high) {
    const passes = this.limit.kind === "passing";
    const [least, most] = passes ? [0, 0] : this.selected();
    const { all, fares } = this;
    const aheadOf = passes ? this.passedOver() : (at) => this.ranking.ahead(at);
    const out = all
      .map((_, at) => at)
      .filter(
        (at) =>
          fares[at].result === "not selected" && all[at].belongs !== false,
      );
    for (const at of out) {
      const { count, level } = aheadOf(at);
      const first = [
        Math.max(count[0] - most, 0) + 1,
        Math.max(count[1] - least, 0) + 1,
      ];
      // Whoever is selected stands ahead, so that the candidate itself is at least one more.
      const last = [
        Math.max(level[0] - most, 1),
        Math.max(level[1] - least, 1),
      ];
      const sure = all[at].belongs === true;
      const side = this.parted(first, last, low, high);
      if (side === "out") fares[at] = NOT_SELECTED;
      else if (side === "in" && sure && first[0] === first[1])
        fares[at] = waiting(first[0]);
      else if (side === "parted" && sure) fares[at] = this.partedFares();
      else fares[at] = open(this.awaited());
    }
  }

  /** How many who are not selected stand ahead of one: those selected may stand behind. */
  passedOver() {
    const { all, fares } = this;
    const rest = all
      .map((_, at) => at)
      .filter((at) => fares[at].result !== "selected");
    const left = rest.map((at) => {
      const { belongs, needs } = all[at];
      const out = fares[at].result === "not selected";
      return { ...all[at], belongs: out ? belongs : { ...silent(), needs } };
    });
    const ranking = new Ranking(left);
    const ahead = new Map(rest.map((at, i) => [at, ranking.ahead(i)]));
    return (at) => ahead.get(at);
  }

  /** Fills the places of those who left, if they are still filled; `{ moved, vacant }`: who moved up, and how many places stay vacant. */
  refill(refills) {
    const { all, fares } = this;
    const [least, most] = this.selected();
    const places = least === most ? this.places() : null;
    const freed = all.filter(
      ({ left }, at) => left && fares[at].result === "selected",
    ).length;
    const moved = new Set();
    if (freed > 0 && refills && least === most) this.moveUp(freed, moved);
    all.forEach(({ left }, at) => {
      if (left && fares[at].result === "waiting") fares[at] = NOT_SELECTED;
    });
    if (places === null) return { moved, vacant: null };
    const unfilled = compare(places, least) > 0 ? subtract(places, least) : 0;
    return { moved, vacant: add(unfilled, freed - moved.size) };
  }

  moveUp(freed, moved) {
    const { all, fares, tied } = this;
    const line = all
      .map((_, at) => at)
      .filter((at) => !all[at].left && fares[at].result === "waiting")
      .map((at) => ({ at, position: fares[at].position }));
    const positions = line.map(({ position }) => position);
    for (const { at, position } of line) {
      const ahead = positions.filter((other) => other < position).length;
      const level = positions.filter((other) => other <= position).length;
      const fits = ahead < freed;
      if (level <= freed || (fits && tied?.kind === "admit all")) {
        moved.add(at);
        fares[at] = SELECTED;
      } else if (!fits) fares[at] = waiting(ahead - freed + 1);
      else if (tied?.kind === "admit none") fares[at] = waiting(1);
      else fares[at] = this.partedFares();
    }
  }
}
