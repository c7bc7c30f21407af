// Three-valued truth (Kleene): true, false, or an Unknown with what is awaited.

import { Unknown, isUnknown, mergeNeeds } from "./value.mjs";

/** A value of type yes/no as truth; no value counts as unknown. */
export function truthOf(value) {
  if (typeof value === "boolean") return value;
  return new Unknown(isUnknown(value) ? value.needs : []);
}

/** The opposite; unknown stays unknown. */
export function not(value) {
  const truth = truthOf(value);
  return isUnknown(truth) ? truth : !truth;
}

/** At least so many of all: true once so many are true, false once too few can be. */
export function atLeastOf(need, all) {
  let [sure, open, needs] = [0, 0, []];
  for (const value of all) {
    const truth = truthOf(value);
    if (truth === true) sure += 1;
    if (isUnknown(truth)) {
      open += 1;
      needs = mergeNeeds(needs, truth.needs);
    }
  }
  if (sure >= need) return true;
  return sure + open < need ? false : new Unknown(needs);
}

function every(all, decisive) {
  let open = false;
  let needs = [];
  for (const value of all) {
    if (value === decisive) return decisive;
    const truth = truthOf(value);
    if (isUnknown(truth)) {
      open = true;
      needs = mergeNeeds(needs, truth.needs);
    }
  }
  return open ? new Unknown(needs) : !decisive;
}

/** True iff all are. */
export const and = (...all) => every(all, false);

/** True iff one is. */
export const or = (...all) => every(all, true);
