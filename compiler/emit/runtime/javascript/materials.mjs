// Materials: each implies a `complete` rule with its citation.

import { finding } from "./finding.mjs";
import { below } from "./json.mjs";
import * as messages from "./messages.mjs";
import { resultOf, waiver } from "./rules.mjs";
import { and, not, or, truthOf } from "./truth.mjs";
import { awaited } from "./value.mjs";

/** Whether the copies given are what is asked for, and what is wrong if not: `{ truth, problem }`. */
export function judgeCopies(material, copies, channel) {
  const wrong = (problem) => ({ truth: false, problem });
  if (copies.length === 0) return wrong("missing");
  const turnedAway = (material.refuse ?? []).map((format) => format.name);
  if (copies.some((copy) => turnedAway.includes(copy.format)))
    return wrong("refused");
  if (
    material.channel !== undefined &&
    channel !== null &&
    channel !== material.channel
  )
    return wrong("channel");
  const open = () => awaited(material.key, "other");
  let problem;
  const truths = (material.formats ?? []).map((format) => {
    const named = (copy) =>
      copy.format === null ? open() : copy.format === format.name;
    const sealed = (copy) => (format.sealed ? (copy.sealed ?? open()) : true);
    const there = or(...copies.map(named));
    const whole = or(...copies.map((copy) => and(named(copy), sealed(copy))));
    if (whole === false) problem ??= there === false ? "format" : "seal";
    return whole;
  });
  return { truth: and(...truths), problem };
}

/** Says what is wrong with a material that is not in order. */
export function blamed(found, material, problem) {
  if (found.result !== "unmet" || problem === undefined) return found;
  const label = messages.labelOf(material);
  const message = messages.about(messages.ofStage(problem), label);
  return { ...found, message, problem };
}

/** The finding of one material of the case. */
export function materialFinding(scene, material) {
  const copies = scene.case.materials.get(material.key) ?? [];
  const applies = appliesTo(scene, material, copies.length === 0);
  const { truth, problem } = judgeCopies(
    material,
    copies,
    channelOf(scene, material),
  );
  const { result, needs } = resultOf(applies, truth);
  const path = String(below("/materials", material.key));
  const found = finding("material", material, "complete", result);
  return blamed({ ...found, needs, path }, material, problem);
}

/** `when ∧ ¬waived ∧ (not only needed, or needed)`; one that may be left out applies only when it is there. */
function appliesTo(scene, material, absent) {
  if (material.optional && absent) return false;
  const guard = material.when?.[scene.track.key];
  const when = guard === undefined ? true : truthOf(guard(scene));
  const [waived, needed] = [[], []];
  for (const rule of scene.track.rules) {
    const waives = (rule.waives ?? []).some(
      (lifted) => lifted.material === material.key,
    );
    const needs = (rule.needs ?? []).includes(material.key);
    if (!waives && !needs) continue;
    const met = waiver(scene, rule.key);
    // An unknown waiver leaves it in force.
    if (waives) waived.push(met === true);
    if (needs) needed.push(met);
  }
  return and(
    when,
    not(or(...waived)),
    material.onlyNeeded ? or(...needed) : true,
  );
}

/** Through which channel the material came: that of the case's event at its stage. */
function channelOf(scene, material) {
  if (material.at === undefined) return null;
  return (
    scene.case.events.findLast((event) => event.stage === material.at)
      ?.channel ?? null
  );
}
