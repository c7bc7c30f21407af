// Facts and fields: their values, and what is wrong with their entries.

import { valueOf } from "./expression.mjs";
import { aboutField } from "./finding.mjs";
import * as exact from "./number.mjs";
import { truthOf } from "./truth.mjs";
import { characterCount, charCount } from "./text.mjs";
import { BAD, Unknown, isUnknown, mergeNeeds, sameValue } from "./value.mjs";

/** Whether something acceptable or not was entered. */
export const hasEntry = (scene, slot) => scene.case.data[slot] !== null;

export function workOutRelevance(scene, slot) {
  const { when } = scene.track.inputs[slot];
  return when === undefined ? true : truthOf(when(scene));
}

export function workOutInput(scene, slot) {
  const input = scene.track.inputs[slot];
  const relevant = scene.relevance(slot);
  if (relevant === false) return null;
  if (input.origin === "computed") {
    const computed = input.value(scene);
    return contradicts(scene, slot, computed)
      ? valueOf(BAD, input.key, "other", false, [null, null])
      : computed;
  }
  const source = input.origin === "judged" ? "judgement" : "other";
  const data = lengthProblem(scene, slot, true) ? BAD : scene.case.data[slot];
  if (
    input.origin === "external" &&
    input.asOf !== undefined &&
    data !== null &&
    !sameValue(input.asOf(scene), scene.case.origins.get(slot)?.asOf ?? null)
  ) {
    return valueOf(BAD, input.key, source, false, input.bounds);
  }
  const value = valueOf(
    data,
    input.key,
    source,
    input.optional === true,
    input.bounds,
  );
  // Whether it is asked for is open: first that must be known.
  if (isUnknown(value) && isUnknown(relevant))
    return new Unknown(
      mergeNeeds(relevant.needs, value.needs),
      value.low,
      value.high,
    );
  return value;
}

/** Whether a text breaks a limit on its length: a hard one, or the band of a soft one. */
function lengthProblem(scene, slot, hard) {
  const { kind, limits, characters } = scene.track.inputs[slot].type;
  if (limits === undefined || !TEXTS.has(kind)) return false;
  const data = scene.case.data[slot];
  if (typeof data !== "string") return false;
  const count = characters
    ? characterCount(data)
    : charCount(data, scene.countsPunctuation());
  return limits.some(({ kind: bound, value }) => {
    if (bound === "about") return !hard && outsideBand(scene, count, value);
    return hard && (bound === "at most" ? count > value : count < value);
  });
}

/** Kinds of entry that are texts. */
const TEXTS = new Set([
  "text",
  "prose",
  "email",
  "phone",
  "mobile",
  "postcode",
  "url",
]);

function outsideBand(scene, count, target) {
  const band = scene.band();
  if (band === null) return false;
  const beyond = (end, sign) =>
    exact.compare(count, exact.multiply(target, end)) * sign > 0;
  return beyond(exact.subtract(1, band), -1) || beyond(exact.add(1, band), 1);
}

const NOTHING = [];

const isSound = ({ case: { faults } }, slot) =>
  faults.length === 0 || !faults.some((fault) => fault.slot === slot);

/** What is wrong with the entry of one input. */
export function fieldFindings(scene, slot) {
  const input = scene.track.inputs[slot];
  if (input.isPlain && hasEntry(scene, slot) && isSound(scene, slot))
    return NOTHING;
  const relevant = scene.relevance(slot);
  const given = hasEntry(scene, slot);
  if (relevant === false)
    return given ? [aboutField(input, "irrelevant", input.pointer)] : [];
  const findings = [];
  if (relevant === true && mustBeFilled(input)) {
    const data = scene.case.data[slot];
    if (!given) findings.push(aboutField(input, "blank", input.pointer));
    else if (input.seal && data === false)
      findings.push(aboutField(input, "seal", input.pointer));
  }
  for (const fault of scene.case.faults)
    if (fault.slot === slot)
      findings.push(aboutField(input, fault.problem, fault.path));
  if (lengthProblem(scene, slot, true))
    findings.push(aboutField(input, "length", input.pointer));
  else if (lengthProblem(scene, slot, false))
    findings.push({
      ...aboutField(input, "length", input.pointer),
      strength: "note",
    });
  if (given && differsFromTotal(scene, slot, input))
    findings.push(aboutField(input, "total", input.pointer));
  return findings;
}

/** Only what the applicant enters or attests is asked for; judgements and registers are awaited from others. */
const mustBeFilled = ({ origin, optional }) =>
  (origin === undefined || origin === "attested") && !optional;

/** A computed field that was filled in with another value. */
const differsFromTotal = (scene, slot, input) =>
  input.origin === "computed" && contradicts(scene, slot, input.value(scene));

/** Whether what was entered is another value than the computed one. */
function contradicts(scene, slot, computed) {
  const entered = valueOf(
    scene.case.data[slot],
    scene.track.inputs[slot].key,
    "other",
    true,
    [null, null],
  );
  const there = (value) => value !== null && !isUnknown(value);
  return there(entered) && there(computed) && !sameValue(entered, computed);
}
