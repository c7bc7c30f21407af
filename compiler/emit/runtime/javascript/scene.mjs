// One case in the making: the value of every fact, let and rule, each worked out once.
//
// In: a prepared programme, a case, the settings of readings, the day it is looked at. Out: values and findings, by asking.
// Always: nothing is evaluated twice; nothing outside the case is looked at.

import { Moment } from "./date.mjs";
import { hasEntry, workOutInput, workOutRelevance } from "./inputs.mjs";
import { NO_TIME } from "./read.mjs";
import { walkOf } from "./route.mjs";
import { asOperand, workOutRule } from "./rules.mjs";
import { Scope } from "./scope.mjs";
import { awaited, silent } from "./value.mjs";

export class Scene extends Scope {
  constructor(prepared, one, settings, on, inBatch = false) {
    super(prepared, settings);
    this.case = one;
    this.track = one.track;
    this.on = on;
    /** In a batch a case without events is where the batch is, so nothing of it is overdue. */
    this.inBatch = inBatch;
    this.inputs = [];
    this.relevant = [];
    this.lets = [];
    this.rules = [];
    this.walk_ = null;
  }

  /** The stages of the case's route. */
  get stages() {
    return this.track.stages;
  }

  /** The value of an input by its position in the track. */
  slotValue(slot) {
    const known = this.inputs[slot];
    if (known !== undefined) return known;
    return (this.inputs[slot] = workOutInput(this, slot));
  }

  /** Whether an input is relevant (its guard). */
  relevance(slot) {
    return (this.relevant[slot] ??= workOutRelevance(this, slot));
  }

  /** The value of a let by its position in the track. */
  letValue(index) {
    const known = this.lets[index];
    if (known !== undefined) return known;
    const named = this.track.lets[index];
    return (this.lets[index] = this.naming(named, named.value));
  }

  /** The result of a rule by its position in the track. */
  judged(index) {
    return (this.rules[index] ??= workOutRule(this, this.track.rules[index]));
  }

  /** The case's way along its route. */
  walk() {
    return (this.walk_ ??= walkOf(this));
  }

  /** A deadline or window start as written: a day, a moment, or unknown where the notice leaves it open. */
  deadline(deadline) {
    return deadline(this);
  }

  // What the names in expressions mean.

  /** A fact or field by its pointer. */
  read(pointer) {
    const slot = this.track.slots.get(pointer);
    return slot === undefined ? null : this.slotValue(slot);
  }

  /** Whether a fact or field has an entry. */
  isGiven(pointer) {
    const slot = this.track.slots.get(pointer);
    return (
      slot !== undefined &&
      hasEntry(this, slot) &&
      this.relevance(slot) !== false
    );
  }

  /** A rule as truth value. */
  rule(key) {
    return asOperand(this.judged(this.track.ruleIndex.get(key)));
  }

  /** A let of the track. */
  let(key) {
    return this.letValue(this.track.letIndex.get(key));
  }

  /** A deadline as a day. */
  due(key) {
    const stage =
      this.stages.find((s) => s.key === key) ?? anyStage(this.prepared, key);
    if (stage?.due === undefined) return silent();
    return asDay(this.prepared, this.deadline(stage.due));
  }

  /** When the case's event at a stage happened. */
  time(key) {
    const at =
      this.case.events.findLast((event) => event.stage === key)?.at ?? NO_TIME;
    return at === NO_TIME ? awaited(key, "other") : at;
  }
}

/** A stage of any route. */
export const anyStage = (prepared, key) =>
  prepared.routes
    .flatMap((route) => route.stages)
    .find((stage) => stage.key === key);

/** A deadline's value as a day: midnight belongs to the day that ends then. */
export function asDay(prepared, value) {
  if (!(value instanceof Moment)) return value;
  return prepared.zone?.dayOf(new Moment(value.seconds - 1)) ?? silent();
}
