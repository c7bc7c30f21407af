// Selections: a computed proposal to the body that decides.
//
// In: a prepared programme, a batch, options. Out: for each selection and group the candidates in order, and how each fares.
// Always: what is recorded as decided stands; where nothing is recorded, later selections go by the proposal; the order of the batch
// decides nothing but the order in which level candidates are listed.

import { givenOf } from "./assign.mjs";
import { entered, idsOf, scenesOf } from "./batch.mjs";
import { Cut } from "./cut.mjs";
import { isPast } from "./deadline.mjs";
import { Group } from "./group.mjs";
import { groupsOf } from "./keys.mjs";
import { compare, isNumber } from "./number.mjs";
import { levelsOf } from "./ranking.mjs";
import { worlds } from "./readings.mjs";
import { anyStage } from "./scene.mjs";
import { and, truthOf } from "./truth.mjs";
import { boundsOf, isUnknown, mergeNeeds, silent } from "./value.mjs";

/** What is proposed at a stage; without one, everything in turn. Nothing is printed yet (select-report.mjs). */
export function selectFrom(prepared, batch, options) {
  const { at } = options;
  const due = prepared.selections.filter((one) => isDue(prepared, one, at));
  const proposed = [];
  const selections = due.map((selection) => {
    const run = new Run(prepared, batch, selection, options, proposed);
    const lists = run.lists();
    proposed.push(...run.proposed(lists));
    return { selection, lists };
  });
  return selections.filter(
    ({ selection }) => at === null || selection.at === at,
  );
}

/** Whether a selection is made at a stage or before it. */
function isDue(prepared, selection, at) {
  const own = selection.at ?? null;
  if (at === null || own === null || at === own) return true;
  return selection.tracks.some((track) => {
    const { stages } = prepared.tracks.get(track);
    const position = (key) => stages.findIndex((stage) => stage.key === key);
    // On a route without its stage it is made before every stage.
    return position(own) < position(at);
  });
}

class Run {
  constructor(prepared, batch, selection, options, known) {
    Object.assign(this, { prepared, batch, selection, options, known });
    this.ids = idsOf(batch);
  }

  /** The lists of all groups; where open readings give different lists, what differs is open. */
  lists() {
    const { prepared, selection, options } = this;
    const all = worlds(prepared, options.settings, selection.readings);
    const [first, ...others] = all.map((world) => this.world(world));
    for (const other of others) {
      const byName = new Map(other.map((list) => [list.name, list]));
      for (const list of first) {
        const there = byName.get(list.name);
        const fares = new Map(
          there?.places.map((place) => [place.at, place.fares]),
        );
        for (const place of list.places) {
          if (sameFares(place.fares, fares.get(place.at))) continue;
          place.fares = { result: "unknown", needs: silent().needs };
          place.rank = null;
          place.behind = undefined;
        }
      }
    }
    return first;
  }

  /** The lists under fixed readings. */
  world(settings) {
    const { prepared, batch, selection, options } = this;
    const scenes = scenesOf(prepared, batch, settings, options.on);
    for (const { at, slot, value } of this.known)
      scenes[at].inputs[slot] = value;
    const counted = scenes
      .map((scene, at) => [at, this.counts(scene, at)])
      .filter(([, counts]) => counts !== false);
    const groups = groupsOf(prepared, selection, scenes, counted, settings);
    const whole = this.whole(scenes, settings);
    return groups.map((group) => {
      const members = whole.get(JSON.stringify(group.name)) ?? [];
      return this.list({ ...group, counted: members }, scenes, settings);
    });
  }

  /** The cases that its numbers count, by the name of their group as JSON: candidates or not. */
  whole(scenes, settings) {
    const { keys, at: stage, counted: tracks } = this.selection;
    if (tracks === undefined) return new Map();
    const came = scenes.map((scene, at) => [
      at,
      !scene.case.withdrawn && entered(scene, stage ?? null),
    ]);
    const by = { keys, tracks };
    const groups = groupsOf(this.prepared, by, scenes, came, settings);
    return new Map(
      groups.map(({ name, members }) => [JSON.stringify(name), members]),
    );
  }

  /** Whether a case is a candidate. */
  counts(scene, at) {
    const { selection } = this;
    if (!selection.tracks.includes(scene.track.key)) return false;
    if (scene.case.withdrawn && this.decided(at) !== true) return false;
    const when = selection.when?.[scene.track.key];
    return and(
      entered(scene, selection.at ?? null),
      when === undefined ? true : truthOf(when(scene)),
    );
  }

  /** Where a case records what was decided; undefined: nowhere. */
  recordedAt(at) {
    const { track } = this.batch.cases[at];
    return track.slots.get(this.selection.recorded[track.key]);
  }

  /** What was recorded as decided; undefined: nothing. */
  decided(at) {
    const slot = this.recordedAt(at);
    const data = slot === undefined ? null : this.batch.cases[at].data[slot];
    return typeof data === "boolean" ? data : undefined;
  }

  /** What is sure and nothing is recorded of: `{ at, slot, value }`. */
  proposed(lists) {
    const answers = this.batch.cases.map(() => false);
    for (const { at, fares } of lists.flatMap(({ places }) => places)) {
      if (fares.result === "selected" && answers[at] !== null)
        answers[at] = true;
      if (["tied", "unknown"].includes(fares.result)) answers[at] = null;
    }
    return answers.flatMap((value, at) => {
      const slot = this.recordedAt(at);
      const isFree =
        slot !== undefined && this.batch.cases[at].data[slot] === null;
      return value === null || !isFree ? [] : [{ at, slot, value }];
    });
  }

  list(group, scenes, settings) {
    const { selection } = this;
    const inGroup = (work, more = []) =>
      this.inGroup(work, [...group.values, ...more], group, scenes, settings);
    const { limit, shown, needs } = this.limit(inGroup);
    const all = group.members.map(([at, belongs]) =>
      this.candidate(at, belongs, scenes[at]),
    );
    const cut = new Cut(all, limit, needs, selection.tied);
    if (selection.wait !== undefined)
      cut.wait(...boundsOf(inGroup(selection.wait)));
    const { moved, vacant } = cut.refill(this.refills(settings));
    const order = cut.ranking.order();
    const given =
      selection.assign === undefined
        ? []
        : givenOf(selection.assign, cut, order, scenes, (wish) =>
            inGroup(selection.assign.places, [wish]),
          );
    cut.place(given);
    const places = order.map((index, position) => {
      const { at, values, left } = all[index];
      const rank = cut.rank(index);
      const behind =
        position === 0 || rank === null
          ? -1
          : cut.ranking.partedBy(index, order[position - 1]);
      return {
        at,
        id: this.ids[at],
        track: scenes[at].track.key,
        rank: rank?.rank ?? null,
        behind: selection.order[behind]?.name,
        level: rank !== null && rank.level > 1,
        fares: cut.fares[index],
        values,
        movedUp: moved.has(index),
        left,
        decided: this.decided(at),
        given: given[index],
      };
    });
    const name = JSON.stringify(group.name);
    const key = Object.fromEntries(
      (selection.keys ?? []).map((one, i) => [one.name, group.name[i]]),
    );
    return { name, key, limit: shown, places, vacant };
  }

  /** Evaluates in the scope of a group, with these keys. */
  inGroup(work, keys, group, scenes, settings) {
    const scope = new Group(this.prepared, settings, scenes, group.counted);
    scope.keys.push(keys);
    scope.subject = this.selection;
    return work(scope);
  }

  /** How many are taken: what limits, what of it is shown, what it awaits. */
  limit(inGroup) {
    const { kind, limit, least, type } = this.selection.take;
    if (kind === "all") return { limit: { kind }, needs: [] };
    const value = inGroup(limit);
    const shown = { value, type };
    const needs = isUnknown(value) ? value.needs : [];
    const [low, high] = boundsOf(value);
    if (kind !== "nearest") return { limit: { kind, low, high }, shown, needs };
    const lower = least === undefined ? undefined : inGroup(least);
    return {
      limit: {
        kind,
        target: isSame(low, high) ? low : null,
        least: lower === undefined || isNumber(lower) ? lower : exactly(lower),
      },
      shown,
      needs: isUnknown(lower) ? mergeNeeds(needs, lower.needs) : needs,
    };
  }

  candidate(at, belongs, scene) {
    const { order, take } = this.selection;
    const track = scene.track.key;
    const [best, worst, values] = [[], [], []];
    let needs = [];
    const worked = (of) => {
      const value = of(scene);
      if (isUnknown(value)) needs = mergeNeeds(needs, value.needs);
      return value;
    };
    for (const criterion of order) {
      const { value: of, type } = criterion.of[track];
      const value = worked(of);
      const [high, low] = levelsOf(scene, criterion, type, value);
      best.push(high);
      worst.push(low);
      values.push({ value, type });
    }
    const of = take.of?.[track];
    const adds = of === undefined ? [0, 0] : addsOf(worked(of));
    const left = this.hasLeft(scene);
    return { at, belongs, best, worst, values, adds, left, needs };
  }

  /** A case that left: taken back, or at an end of its route before places are no longer filled again. */
  hasLeft(scene) {
    if (scene.case.withdrawn) return true;
    const position = (key) =>
      scene.stages.findIndex((stage) => stage.key === key);
    const refill = position(this.selection.refill);
    if (refill < 0 || scene.case.events.length === 0) return false;
    const standing = scene.walk().standing ?? [];
    return (
      standing.length > 0 &&
      standing.every(({ ended, stage }) => {
        const at = position(stage);
        return ended && at >= 0 && at < refill;
      })
    );
  }

  /** Whether places that become free are still filled again. */
  refills(settings) {
    const { refill } = this.selection;
    if (refill === undefined) return false;
    const due = anyStage(this.prepared, refill)?.due;
    if (this.options.on === null || due === undefined) return true;
    const scope = new Group(this.prepared, settings);
    return !isPast(scope, this.options.on, scope.deadline(due));
  }
}

const isSame = (low, high) =>
  low !== null && high !== null && compare(low, high) === 0;

/** A number that an unknown can only be; else null. */
function exactly(value) {
  const [low, high] = boundsOf(value);
  return isSame(low, high) ? low : null;
}

/** The least and the most that a value adds to a sum; null: nothing holds it. */
function addsOf(value) {
  // What has no value adds nothing.
  if (value === null) return [0, 0];
  const [low, high] = boundsOf(value);
  // What is added is nothing below zero: the compiler has seen to it, save for money, of which it is expected.
  const least =
    isUnknown(value) && low !== null && compare(low, 0) < 0 ? 0 : low;
  return [least ?? 0, high];
}

const sameFares = (one, other) =>
  other !== undefined &&
  one.result === other.result &&
  one.position === other.position &&
  sameNeeds(one.needs ?? [], other.needs ?? []);

const sameNeeds = (one, other) =>
  one.length === other.length &&
  one.every(
    ({ key, source }, i) => key === other[i].key && source === other[i].source,
  );
