// A case's way along its route: events checked one after another, the stages reached, what is late or left out.
//
// In: the case's events in the order they happened. Out: findings per stage, whether each stage was entered, where the case stands then.
// Always: a guard that is not known leaves both ways open; a case without events has gone nowhere and is blamed for nothing.

import { Day, Moment, showDay } from "./date.mjs";
import {
  addressed,
  deadlineFinding,
  isBefore,
  isInclusive,
  isPast,
  kept,
} from "./deadline.mjs";
import { aboutStage } from "./finding.mjs";
import * as messages from "./messages.mjs";
import { NO_TIME } from "./read.mjs";
import { waiver } from "./rules.mjs";
import { and, not, or, truthOf } from "./truth.mjs";
import { awaited, isUnknown } from "./value.mjs";
import { lastDay, outOfReach } from "./working-days.mjs";

/** Where a case went: `findings` as `{ at, found }` by stage position, `entered`, whether each stage was, and `standing`. */
export function walkOf(scene) {
  const walk = new Walk(scene);
  if (scene.stages.length > 0) walk.go();
  walk.findings.sort((a, b) => a.at - b.at);
  return walk;
}

class Walk {
  constructor(scene) {
    this.scene = scene;
    this.stages = scene.stages;
    this.findings = [];
    this.entered = scene.stages.map(() => false);
    // Ends to which the last event may have led.
    this.ends = [];
    this.standing = undefined;
  }

  go() {
    const { scene } = this;
    const { events } = scene.case;
    // Stages where the case may be now, each with whether it surely is, in order of arrival.
    let places = new Map();
    this.arrive(0, true, places, []);
    events.forEach((event, index) => {
      places = this.step(places, `/events/${index}`, event);
    });
    if (events.length > 0) {
      for (const [at, truth] of places) this.enter(at, truth);
      this.standing = this.places(places);
    }
    if (!(scene.inBatch && events.length === 0)) this.overdue(places);
  }

  note(at, found, due = at) {
    this.findings.push({ at, due, found });
  }

  enter(at, truth) {
    this.entered[at] = or(this.entered[at], truth);
  }

  position(key) {
    return this.stages.findIndex((stage) => stage.key === key);
  }

  /** One event: is it in its place, by the right actor, in time; where does it lead. */
  step(places, path, event) {
    const { stages, scene } = this;
    const at = event.stage === null ? -1 : this.position(event.stage);
    if (at < 0) {
      const first = places.keys().next().value ?? 0;
      const message = messages.about(messages.NO_SUCH_STAGE, event.stage ?? "");
      // It has happened: it is not for a later stage to look at.
      this.note(
        first,
        { ...aboutStage(stages[first], "unlisted", path), message },
        0,
      );
      return places;
    }
    const stage = stages[at];
    this.inPlace(places, at, path);
    this.enter(at, true);
    if (wrongActor(scene, stage, event))
      this.note(at, aboutStage(stage, "actor", path));
    if (wrongChannel(stage, event))
      this.note(at, aboutStage(stage, "channel", path));
    this.longEnough(at, event, path);
    const late = this.inTime(at, event, path);
    const next = this.leadsTo(stage, event, late);
    if (next !== null) return next;
    if (event.outcome !== null)
      this.note(at, aboutStage(stage, "unlisted", path));
    return new Map([[at, true]]);
  }

  /** Whether the route had led to this stage; if not, the stages it had led to were skipped. */
  inPlace(places, at, path) {
    const stage = this.stages[at];
    const truth = places.get(at);
    if (isUnknown(truth)) {
      const awaited = truth.needs.map(({ key }) => key);
      const message = messages.joined(
        messages.about(messages.MAY_BE_SKIPPED, messages.labelOf(stage)),
        { zh: awaited.join("、"), en: awaited.join(", ") },
      );
      this.note(at, {
        ...aboutStage(stage, "skipped", path),
        result: "unknown",
        needs: truth.needs,
        message,
      });
    } else if (truth === undefined && places.size === 0) {
      const message = messages.about(
        messages.NO_SUCH_STAGE,
        messages.labelOf(stage),
      );
      this.note(at, { ...aboutStage(stage, "extra", path), message });
    } else if (truth === undefined) {
      for (const skipped of places.keys()) {
        const left = this.stages[skipped];
        const words = messages.about(
          messages.SKIPPED_FOR,
          messages.labelOf(left),
        );
        const there = messages.labelOf(stage);
        const message = {
          zh: words.zh.replaceAll("{2}", () => there.zh),
          en: words.en.replaceAll("{2}", () => there.en),
        };
        // Due at the earlier of the stage left out and the one entered instead, which has happened.
        this.note(
          skipped,
          { ...aboutStage(left, "skipped", path), message },
          Math.min(at, skipped),
        );
      }
    }
  }

  /** Whether a public notice stood as long as it must: from the day the case came to the stage to the day it left, both included. */
  longEnough(at, event, path) {
    const { case: one, prepared } = this.scene;
    const stage = this.stages[at];
    const least = stage.notice?.atLeast;
    if (least === undefined) return;
    const day = (when) =>
      when instanceof Moment ? (prepared.zone?.dayOf(when) ?? null) : when;
    const before = one.events[one.events.indexOf(event) - 1];
    const [from, to] = [day(before?.at ?? null), day(event.at)];
    if (!(from instanceof Day) || !(to instanceof Day)) return;
    const last = lastDay(prepared, from, least);
    const { needs } = outOfReach(prepared, least);
    if (last === null ? needs.length === 0 : last.number <= to.number) return;
    const short = addressed(aboutStage(stage, "short", path), stage);
    const found =
      last === null ? { ...short, ...openNotice(stage, needs) } : short;
    const [a, b] = [showDay(from), showDay(to)];
    const numbers = { zh: `（${a} 至 ${b}）`, en: ` (from ${a} to ${b})` };
    this.note(at, {
      ...found,
      clauses:
        stage.notice.clauses.length > 0 ? stage.notice.clauses : stage.clauses,
      message: messages.joined(found.message, numbers),
    });
  }

  /** The window and the deadline of a stage; whether the event was surely late. */
  inTime(at, event, path) {
    const { scene } = this;
    const stage = this.stages[at];
    if (event.at === NO_TIME) this.note(at, aboutStage(stage, "date", path));
    if (
      stage.open !== undefined &&
      event.at !== null &&
      isBefore(scene.prepared.zone, event.at, scene.deadline(stage.open))
    ) {
      this.note(at, addressed(aboutStage(stage, "early", path), stage));
    }
    if (stage.due === undefined) return false;
    const due = scene.deadline(stage.due);
    const given = event.at !== null && event.at !== NO_TIME;
    const keeps = given
      ? kept(event.at, due, isInclusive(scene), scene.prepared.zone)
      : awaited(stage.key, "other");
    const timing = { due, at: event.at, keeps };
    this.note(at, deadlineFinding(scene, stage, timing, "late", path));
    return keeps === false;
  }

  /** Arrives at a stage; one that is passed over (its guard, a waiver) leads on. */
  arrive(at, truth, places, seen) {
    if (seen.includes(at)) return;
    const stage = this.stages[at];
    const { waived, to } = this.waived(stage);
    const held = and(this.guard(stage), not(waived));
    const here = and(truth, held);
    if (here !== false)
      places.set(at, places.has(at) ? or(places.get(at), here) : here);
    const beyond = and(truth, not(held));
    if (beyond === false) return;
    const way = [...seen, at];
    if (to !== null) this.arrive(to, beyond, places, way);
    else
      for (const transition of stage.transitions)
        this.follow(stage, transition, beyond, places, way);
  }

  /** Goes where a transition leads: to a stage, or to an end. */
  follow(stage, transition, truth, places, seen) {
    const target = this.target(transition);
    if (target >= 0) {
      this.arrive(target, truth, places, seen);
      return;
    }
    const end = {
      ended: true,
      result: transition.status ?? null,
      stage: stage.key,
    };
    if (!this.ends.some((one) => samePlace(one, end))) this.ends.push(end);
  }

  /** The stages at which the case may be, and the ends to which it may have come. */
  places(places) {
    const here = [...places.keys()].map((at) => ({
      ended: false,
      result: null,
      stage: this.stages[at].key,
    }));
    return [...here, ...this.ends];
  }

  guard(stage) {
    const guard = stage.when?.[this.scene.track.key];
    return guard === undefined ? true : truthOf(guard(this.scene));
  }

  /** Whether a waiver lifts the stage, and where the case goes instead. */
  waived(stage) {
    const truths = [];
    let to = null;
    for (const rule of this.scene.track.rules) {
      for (const lifted of rule.waives ?? []) {
        if (lifted.stage !== stage.key) continue;
        truths.push(waiver(this.scene, rule.key));
        const target = lifted.to === undefined ? -1 : this.position(lifted.to);
        if (target >= 0) to ??= target;
      }
    }
    return { waived: or(...truths), to };
  }

  /** The position of a transition's stage; -1 for an end. */
  target(transition) {
    return transition.to === undefined ? -1 : this.position(transition.to);
  }

  targets(stage) {
    return stage.transitions
      .map((transition) => this.target(transition))
      .filter((at) => at >= 0);
  }

  /** Where an event leads; null: the stage has no such outcome, or the event names none. */
  leadsTo(stage, event, late) {
    const places = new Map();
    this.ends = [];
    if (late && stage.late !== undefined) {
      this.follow(stage, stage.late, true, places, []);
      return places;
    }
    const named = stage.transitions.filter(
      (transition) => transition.outcome === event.outcome,
    );
    if (named.length === 0) return null;
    // Guards of one outcome are disjoint; the last may be `otherwise`.
    const before = [];
    for (const transition of named) {
      const when = transition.when?.[this.scene.track.key];
      const guard = when === undefined ? true : truthOf(when(this.scene));
      const taken = and(...before.map(not), guard);
      before.push(guard);
      if (taken !== false) this.follow(stage, transition, taken, places, []);
    }
    return places;
  }

  /** With a day to look at the case: stages where it should have been done by then. */
  overdue(places) {
    const { scene, stages } = this;
    if (scene.on === null) return;
    const ahead = [...places.keys()];
    for (let next = 0; next < ahead.length; next += 1) {
      for (const target of this.targets(stages[ahead[next]])) {
        if (!ahead.includes(target) && this.entered[target] === false)
          ahead.push(target);
      }
    }
    ahead.forEach((at, index) => {
      const stage = stages[at];
      // A stage further on is overdue only where the case itself had to be handed in.
      if (stage.due === undefined || (index >= places.size && !stage.handsIn))
        return;
      const due = scene.deadline(stage.due);
      if (!isPast(scene, scene.on, due)) return;
      const timing = { due, at: null, keeps: false };
      this.note(at, deadlineFinding(scene, stage, timing, "overdue", ""));
    });
  }
}

/** Whether two places on a route are the same. */
export const samePlace = (a, b) =>
  a.stage === b.stage && a.ended === b.ended && a.result === b.result;

function wrongActor(scene, stage, event) {
  if (stage.by === undefined || event.by === null) return false;
  const actor = scene.prepared.actors.get(stage.by);
  return event.by !== actor.key && event.by !== actor.name;
}

const wrongChannel = (stage, event) =>
  stage.channel !== undefined &&
  event.channel !== null &&
  event.channel !== stage.channel;

/** A public notice of which the calendar does not say how many working days it stood. */
const openNotice = (stage, needs) => ({
  result: "unknown",
  needs,
  message: messages.about(messages.NOTICE_OPEN, messages.labelOf(stage)),
});
