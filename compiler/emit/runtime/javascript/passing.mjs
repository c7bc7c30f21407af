// A budget that passes over: whoever does not fit in what is left is left out, and the next who fits is taken.
//
// In: a cut along a sum. Out: for each candidate where it stands.
// Always: one is in if even the most that all can take who may stand ahead leaves room, out if the least that those surely ahead take
// leaves none. Of a group that is parted at least one is taken, and at most all that was left.

import { isSure } from "./ranking.mjs";
import { add, compare, subtract } from "./number.mjs";

const lesser = (a, b) => (compare(a, b) <= 0 ? a : b);

/** What a limit leaves at first: nothing, where it is below nothing. */
const room = (limit) => (compare(limit, 0) > 0 ? limit : 0);

/** What is left is never less than nothing, even where equals together took more than there was. */
const capped = (sum, limit) =>
  limit === null ? sum : lesser(sum, room(limit));

/** Where each candidate stands. */
export function sidesOf(cut) {
  const walk = new Walk(cut);
  walk.places.forEach((place, at) => {
    for (const of of place.best) walk.sides[of] = walk.side(place, at, of);
    walk.pass(place, at);
  });
  return walk.sides;
}

class Walk {
  constructor(cut) {
    const { all, ranking, limit } = cut;
    this.cut = cut;
    this.tooMuch = add(limit.low === null ? 0 : room(limit.low), 1);
    this.places = placesOf(all, ranking);
    /** The most that those add whose best place is before each, and how many they are. */
    this.possible = [{ sum: 0, count: 0 }];
    for (const { best } of this.places) {
      const { sum, count } = this.possible.at(-1);
      const more = best.reduce((total, of) => add(total, this.most(of)), sum);
      this.possible.push({ sum: more, count: count + best.length });
    }
    /** What those take who surely stand ahead of a place; `asked`: the most that they add, taken or not. */
    this.taken = { least: 0, most: 0, asked: 0, count: 0 };
    this.sides = all.map(() => "open");
  }

  /** The most that one adds; more than the limit is as much as without end. */
  most(of) {
    const [, most] = this.cut.all[of].adds;
    return most === null ? this.tooMuch : lesser(most, this.tooMuch);
  }

  /** The least that one at a place adds, if nothing is unknown of all who may be there; else undefined. */
  firm({ sure, least }, at) {
    const here = this.possible[at + 1].count - this.taken.count;
    return here === sure ? least : undefined;
  }

  /** One whose best place this is. */
  side(place, at, of) {
    const { cut, taken } = this;
    const { low, high } = cut.limit;
    const { adds, belongs } = cut.all[of];
    const last = cut.ranking.worst[of];
    const isOpen = last > at;
    const asked = (before) => subtract(this.possible[before].sum, taken.asked);
    const own = isOpen ? this.most(of) : 0;
    const ahead = capped(add(taken.most, subtract(asked(last), own)), low);
    const firm = this.firm(place, at);
    const least = firm ?? cut.ranking.least(of)[0];
    const counted = !isOpen && belongs === true;
    const together = add(isOpen ? 0 : place.all, counted ? 0 : adds[0]);
    return cut.parted(
      [add(taken.least, least), add(ahead, firm ?? this.most(of))],
      [add(taken.least, together), add(taken.most, asked(last + 1))],
      low,
      high,
    );
  }

  /** Goes on below a place. */
  pass(place, at) {
    const { cut, taken } = this;
    const firm = this.firm(place, at);
    let parted;
    for (const of of place.worst) {
      const { adds, belongs } = cut.all[of];
      const [side, most] = [this.sides[of], this.most(of)];
      taken.asked = add(taken.asked, most);
      taken.count += 1;
      if (side === "out") continue;
      taken.most = add(taken.most, most);
      if (side === "in" && belongs === true)
        taken.least = add(taken.least, adds[0]);
      if (side !== "parted") continue;
      const least = firm ?? cut.ranking.least(of)[0];
      parted = parted === undefined ? least : lesser(parted, least);
    }
    taken.least = capped(add(taken.least, parted ?? 0), cut.limit.high);
    taken.most = capped(taken.most, cut.limit.low);
  }
}

/** Who stands at each place, at best and at worst; of those surely there how many are sure, the least that one of them adds and that all add. */
function placesOf(all, { best, worst, count }) {
  const places = Array.from({ length: count }, () => ({
    best: [],
    worst: [],
    sure: 0,
    least: undefined,
    all: 0,
  }));
  all.forEach((one, of) => {
    const place = places[best[of]];
    place.best.push(of);
    places[worst[of]].worst.push(of);
    if (best[of] < worst[of] || one.belongs !== true) return;
    const [adds] = one.adds;
    place.all = add(place.all, adds);
    if (!isSure(one)) return;
    place.sure += 1;
    place.least = place.least === undefined ? adds : lesser(place.least, adds);
  });
  return places;
}
