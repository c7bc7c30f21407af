// One pass over a case under one setting of all readings: every finding in source order, every listed value.
//
// In: a fresh Scene. Out: `{ findings, values, notes, standing }`, findings as `{ due, found }`.
// Always: the same declarations in the same order, so that passes can be laid side by side.

import { judgedLate } from "./deadline.mjs";
import { Settled, aboutField, entersVerdict, finding } from "./finding.mjs";
import { fieldFindings } from "./inputs.mjs";
import { materialFinding } from "./materials.mjs";

/** Finds everything; with a stage, what falls due later is marked so. */
export function passOver(scene, at) {
  const { track } = scene;
  const stage = at === null ? -1 : position(scene, at);
  const until = stage < 0 ? Infinity : stage;
  track.lets.forEach((_, i) => scene.letValue(i));
  for (const index of track.order) scene.judged(index);
  const findings = [];
  const add = (due, found) => findings.push({ due: due <= until, found });
  for (const step of track.steps) {
    const { kind, at: place, due } = step;
    if (kind === "input") {
      for (const found of inputFindings(scene, place)) add(due, found);
    } else if (kind === "rule") {
      add(due, ruleFinding(scene, place));
      for (const found of aboutAnswers(scene, place)) add(due, found);
    } else if (kind === "material") {
      add(due, materialFinding(scene, step.material));
    } else {
      for (const one of scene.walk().findings)
        if (one.at === place) add(one.due, one.found);
    }
  }
  const values = track.lets.flatMap((one, i) =>
    one.listed ? [scene.letValue(i)] : [],
  );
  const { consulted, notes } = scene;
  const standing =
    scene.case.events.length > 0 ? scene.walk().standing : undefined;
  return { findings, values, notes, consulted, standing };
}

/** The position of a stage in the case's route, or -1. */
const position = (scene, key) =>
  scene.stages.findIndex((stage) => stage.key === key);

const listed = (found) => (found === undefined ? [] : [found]);

function inputFindings(scene, slot) {
  const input = scene.track.inputs[slot];
  const findings = fieldFindings(scene, slot);
  if (input.origin !== "judged") return findings;
  const stage = judgingStage(scene, input.by, input.stage);
  if (stage === undefined) return findings;
  return [
    ...findings,
    ...listed(
      judgedLate(
        scene,
        stage,
        input,
        scene.case.origins.get(slot)?.at ?? null,
        input.pointer,
      ),
    ),
  ];
}

/** What is said of answers that a rule awaits, or that came late. */
function aboutAnswers(scene, index) {
  const rule = scene.track.rules[index];
  if (typeof rule.test === "function") return [];
  const { result } = scene.judged(index);
  const asks =
    (result === "unknown" || result === "pending") &&
    entersVerdict(rule.strength);
  const blanks = asks
    ? blankAttestations(scene, rule.test, rule, rule, rule.path)
    : [];
  return [
    ...blanks,
    ...lateJudgements(scene, rule.test, rule, rule, rule.path),
  ];
}

function ruleFinding(scene, index) {
  const rule = scene.track.rules[index];
  const { result, needs, reason, members, items } = scene.judged(index);
  const make = () => {
    const { path, outcome: at } = rule;
    const strength = rule.soft ? "note" : rule.strength;
    const outcome = at === undefined ? undefined : scene.track.outcomes[at];
    const found = finding("rule", rule, strength, result);
    return { ...found, needs, path, members, items, reason, outcome };
  };
  const isOwn = needs.length > 0 || (reason ?? members ?? items) !== undefined;
  if (isOwn) return make();
  if (!rule.settled.has(result)) rule.settled.set(result, new Settled(make()));
  return rule.settled.get(result);
}

/** A blank attestation that a rule awaits is asked for, like a blank required field. */
function blankAttestations(scene, test, of, rule, path) {
  if (test.kind === "attested") {
    const stated = scene.case.sheets.get(of.key)?.attested ?? null;
    return stated === null
      ? [{ ...aboutField(of, "blank", path), clauses: rule.clauses }]
      : [];
  }
  return (test.members ?? []).flatMap((member) =>
    blankAttestations(scene, member.test, member, rule, member.path),
  );
}

function lateJudgements(scene, test, of, rule, path) {
  if (test.kind === "judged") {
    const stage = judgingStage(scene, test.by, rule.due);
    const at = scene.case.sheets.get(of.key)?.at ?? null;
    return stage === undefined
      ? []
      : listed(judgedLate(scene, stage, of, at, path));
  }
  return (test.members ?? []).flatMap((member) =>
    lateJudgements(scene, member.test, member, rule, member.path),
  );
}

/** The stage at which an actor judges: the one where it is due if that is the actor's own, else the actor's first. */
function judgingStage(scene, by, due) {
  const own = scene.stages.find(
    (stage) => stage.key === due && stage.by === by,
  );
  return own ?? scene.stages.find((stage) => stage.by === by);
}
