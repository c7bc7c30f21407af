// Findings: what came of one rule, material, field or stage.
//
// `of` is the declaration; two findings of two passes are about the same thing if they stand for the same declaration.

import * as messages from "./messages.mjs";

/** A plain finding in the author's words. */
export function finding(kind, of, strength, result) {
  return {
    kind,
    of,
    strength,
    result,
    needs: [],
    message: messages.labelOf(of),
    path: "",
    under: [],
  };
}

/** A finding that is the same in every case: made once, and shown once a language. */
export class Settled {
  #shown = new Map();

  constructor(found) {
    Object.assign(this, found);
  }

  /** As shown in a language; nobody may change it, since it stands in many reports. */
  shown(lang, show) {
    if (!this.#shown.has(lang)) this.#shown.set(lang, frozen(show(this, lang)));
    return this.#shown.get(lang);
  }
}

/** Fixed, with all that stands in it. */
function frozen(value) {
  if (typeof value === "object" && value !== null)
    Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** An entry that is not as asked. */
export function aboutField(of, problem, path) {
  const message = messages.about(
    messages.ofField(problem),
    messages.labelOf(of),
  );
  return {
    ...finding("field", of, "complete", "unmet"),
    message,
    problem,
    path,
  };
}

/** A step that was not as the route asks: returned. */
export function aboutStage(stage, problem, path) {
  const message = messages.about(
    messages.ofStage(problem),
    messages.labelOf(stage),
  );
  return {
    ...finding("stage", stage, "complete", "unmet"),
    message,
    problem,
    path,
  };
}

/** A finding that names cases. */
export function aboutCases(kind, of, problem, ids, path) {
  const message = messages.about(messages.ofPackage(problem), ids.join("、"));
  return {
    ...finding(kind, of, "complete", "unmet"),
    message,
    problem,
    path,
    cases: ids,
  };
}

/** Deadlines are one thing whether kept or not; every other problem is a thing of its own. */
const kindOfProblem = ({ kind, problem }) =>
  kind === "material" || problem === "late" ? undefined : problem;

/** Whether two findings of two passes are about the same thing. */
export const sameThing = (a, b) =>
  a.of === b.of &&
  a.kind === b.kind &&
  a.path === b.path &&
  kindOfProblem(a) === kindOfProblem(b);

/** Whether a rule of this strength bears on the verdict. */
export const entersVerdict = (strength) =>
  strength === "require" ||
  strength === "complete" ||
  strength === "in principle";
