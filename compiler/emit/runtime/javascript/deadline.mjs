// Deadlines: kept or not, and what lateness does.
//
// Always: inclusive means to 24:00 of the programme's zone; a bare day keeps a deadline if the day does; an open deadline is never late.

import { Day, Moment, shiftDay, showDay, showMoment } from "./date.mjs";
import { aboutStage, finding } from "./finding.mjs";
import * as messages from "./messages.mjs";
import { isUnknown, silent } from "./value.mjs";

/** Whether something done then kept a deadline: true, false, or an Unknown. */
export function kept(at, due, inclusive, zone) {
  if (isUnknown(due)) return due;
  if (at instanceof Day && due instanceof Day)
    return inclusive ? at.number <= due.number : at.number < due.number;
  if (at instanceof Moment && due instanceof Day) {
    const next = shiftDay(due, inclusive ? 1 : 0, "days");
    const end = next && zone?.startOf(next);
    return end ? at.seconds < end.seconds : silent();
  }
  if (at instanceof Moment && due instanceof Moment)
    return inclusive ? at.seconds <= due.seconds : at.seconds < due.seconds;
  if (at instanceof Day && due instanceof Moment) {
    const start = zone?.startOf(at);
    return start ? start.seconds < due.seconds : silent();
  }
  return silent();
}

/** Whether deadlines include their day. */
export const isInclusive = (scope) => scope.builtin("deadline") !== 1;

/** Whether a day or moment is past a deadline for sure. */
export const isPast = (scope, on, due) =>
  kept(on, due, isInclusive(scope), scope.prepared.zone) === false;

/** What lateness at a stage means: the notice's word, else the reading `late`. */
export function lateStrength(scope, stage) {
  if (stage.late !== undefined)
    return stage.late.end === undefined ? "note" : "require";
  if (!stage.handsIn) return "finding";
  return scope.builtin("late") === 1 ? "finding" : "require";
}

/** Whether the reading `late` decides what lateness at this stage means. */
export const lateIsRead = (stage) =>
  stage.late === undefined && stage.handsIn === true;

/** The finding on a deadline: met, unmet, or unknown. */
export function deadlineFinding(scope, stage, timing, problem, path) {
  const { keeps } = timing;
  const strength = lateStrength(scope, stage);
  const found = { ...finding("stage", stage, strength, "met"), path };
  if (strength === "finding") found.addressed = stage.by;
  let words = messages.KEPT;
  if (keeps === false) {
    found.result = "unmet";
    found.problem = problem;
    words = messages.ofStage(problem);
  } else if (isUnknown(keeps)) {
    found.result = "unknown";
    found.needs = keeps.needs;
    words = messages.DEADLINE_OPEN;
  }
  const message = messages.joined(
    messages.about(words, messages.labelOf(stage)),
    timingInWords(scope.prepared.zone, timing, stage),
  );
  return { ...found, message };
}

/** `（期限 2021-12-15；实际 2021-12-16）` */
function timingInWords(zone, { due, at }, { inferred }) {
  const shown = (when) => {
    if (when instanceof Day) return showDay(when);
    return when instanceof Moment ? showMoment(zone, when) : null;
  };
  const [day, done] = [shown(due), shown(at)];
  if (day === null) return { zh: "", en: "" };
  const [also, likewise] = inferred ? ["，推定", ", inferred"] : ["", ""];
  const [doneZh, doneEn] =
    done === null ? ["", ""] : [`；实际 ${done}`, `; done ${done}`];
  return {
    zh: `（期限 ${day}${also}${doneZh}）`,
    en: ` (due ${day}${likewise}${doneEn})`,
  };
}

/** Whether something happened before a window opened. */
export function isBefore(zone, at, open) {
  if (at instanceof Day && open instanceof Day) return at.number < open.number;
  if (at instanceof Moment && open instanceof Day) {
    const start = zone?.startOf(open);
    return Boolean(start) && at.seconds < start.seconds;
  }
  if (at instanceof Moment && open instanceof Moment)
    return at.seconds < open.seconds;
  if (at instanceof Day && open instanceof Moment) {
    const first = zone?.dayOf(open);
    return Boolean(first) && at.number < first.number;
  }
  return false;
}

/** A finding addressed to the stage's actor, outside the verdict. */
export const addressed = (found, stage) => ({
  ...found,
  strength: "finding",
  addressed: stage.by,
});

/** The finding on a judge whose judgement of a rule or input was given later than the stage was due; undefined if it was not. */
export function judgedLate(scene, stage, judged, at, path) {
  if (stage.due === undefined || at === null) return undefined;
  if (
    kept(
      at,
      scene.deadline(stage.due),
      isInclusive(scene),
      scene.prepared.zone,
    ) !== false
  )
    return undefined;
  const message = messages.about(
    messages.JUDGED_LATE,
    messages.labelOf(judged),
  );
  return { ...addressed(aboutStage(stage, "late", path), stage), message };
}
