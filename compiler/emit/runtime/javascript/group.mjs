// The surroundings of a quota: one group of cases, with its keys.

import { aggregate, shareOf } from "./aggregate.mjs";
import { anyStage, asDay } from "./scene.mjs";
import { Scope, addNote } from "./scope.mjs";
import { and, truthOf } from "./truth.mjs";
import { silent } from "./value.mjs";

export class Group extends Scope {
  /** Scenes of all cases of the batch; the group's members as `[position, whether it surely belongs]`. */
  constructor(prepared, settings, scenes = [], members = []) {
    super(prepared, settings);
    this.scenes = scenes;
    this.members = members;
    /** Positions of cases that an aggregate counted surely or maybe. */
    this.counted = new Set();
    /** Part and base of the last share, where both are known. */
    this.portions = null;
  }

  /** A deadline's value, outside any case. */
  deadline(deadline) {
    return deadline(this);
  }

  // Outside a case, its facts, rules and lets have no value.

  read() {
    return null;
  }

  isGiven() {
    return false;
  }

  rule() {
    return null;
  }

  let() {
    return null;
  }

  time() {
    return null;
  }

  due(key) {
    const due = anyStage(this.prepared, key)?.due;
    return due === undefined
      ? silent()
      : asDay(this.prepared, this.deadline(due));
  }

  overCases(op, parts) {
    const all = this.each(parts, (part, belongs, scene, at) => {
      const filter =
        part.where === undefined ? true : truthOf(part.where(scene));
      const value = filter === false ? undefined : part.value?.(scene);
      const counts = and(belongs, filter);
      if (counts !== false) this.counted.add(at);
      return { counts, value };
    });
    return aggregate(op, all);
  }

  share(parts, denominator) {
    const all = this.each(parts, (part, belongs, scene, at) => {
      const inBase =
        part.base === undefined ? false : truthOf(part.base(scene));
      const inPart =
        part.part === undefined ? false : truthOf(part.part(scene));
      const base = and(belongs, inBase);
      if (base !== false) this.counted.add(at);
      return { base, part: inPart };
    });
    const { value, counted } = shareOf(all);
    this.portions = counted;
    return this.noteEmptyBase(value, denominator);
  }

  /** Works on every member whose track is among the parts, in the scope of its case and with the group's keys. */
  each(parts, work) {
    const keys = this.keys.at(-1) ?? [];
    return this.members.flatMap(([at, belongs]) => {
      const scene = this.scenes[at];
      const part = parts.find((one) => one.track === scene.track.key);
      if (part === undefined) return [];
      scene.keys.push(keys);
      const before = scene.notes.length;
      const result = scene.naming(this.subject, () =>
        work(part, belongs, scene, at),
      );
      scene.keys.pop();
      // What a filter notes is noted of the quota; what a fact or let of the case notes stands in the report of the case.
      for (const note of scene.notes.splice(before))
        if (note.rule === this.subject?.key) addNote(this.notes, note);
      return [result];
    });
  }
}
