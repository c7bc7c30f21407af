// One pass over a case under one setting of all readings: every finding in source order, every listed value.
//
// In: a fresh Scene. Out: `{ findings, values, notes }`, findings as `{ due, found }`.
// Always: the same declarations in the same order, so that passes can be laid side by side.

import { judgedLate } from "./deadline.mjs";
import { aboutField, entersVerdict, finding } from "./finding.mjs";
import { fieldFindings } from "./inputs.mjs";
import { materialFinding } from "./materials.mjs";

/** Finds everything; with a stage, what falls due later is marked so. */
export function passOver(scene, at) {
  const { track } = scene;
  const until = at === null ? -1 : position(scene, at);
  const isDue = (stage) =>
    until < 0 ||
    Math.max(stage === undefined ? 0 : position(scene, stage), 0) <= until;
  track.lets.forEach((_, i) => scene.letValue(i));
  for (const key of track.order) scene.judged(track.ruleIndex.get(key));
  const findings = [];
  const add = (due, found) =>
    found.forEach((one) => findings.push({ due, found: one }));
  for (const declared of track.declared) {
    if (declared.input !== undefined) {
      const slot = track.slots.get(declared.input);
      add(isDue(track.inputs[slot].stage), inputFindings(scene, slot));
    } else if (declared.rule !== undefined) {
      const index = track.ruleIndex.get(declared.rule);
      add(isDue(track.rules[index].due), ruleFindings(scene, index));
    } else if (declared.material !== undefined) {
      const material = scene.prepared.materials.get(declared.material);
      add(isDue(material.at), [materialFinding(scene, material)]);
    } else {
      const stage = position(scene, declared.stage);
      const there = scene.walk().findings.filter((one) => one.at === stage);
      for (const { due, found } of there)
        add(until < 0 || due <= until, [found]);
    }
  }
  const values = track.lets.flatMap((one, i) =>
    one.listed ? [scene.letValue(i)] : [],
  );
  return { findings, values, notes: scene.notes };
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
        scene.case.entries[slot].at,
        input.pointer,
      ),
    ),
  ];
}

function ruleFindings(scene, index) {
  const rule = scene.track.rules[index];
  const judged = scene.judged(index);
  const asks =
    (judged.result === "unknown" || judged.result === "pending") &&
    entersVerdict(rule.strength);
  const blanks = asks
    ? blankAttestations(scene, rule.test, rule, rule, rule.path)
    : [];
  return [
    ruleFinding(scene, rule, judged),
    ...blanks,
    ...lateJudgements(scene, rule.test, rule, rule, rule.path),
  ];
}

function ruleFinding(scene, rule, { result, needs, reason, members, items }) {
  const outcome =
    rule.outcome === undefined ? undefined : scene.track.outcomes[rule.outcome];
  const found = finding(
    "rule",
    rule,
    rule.soft ? "note" : rule.strength,
    result,
  );
  const { path } = rule;
  return Object.assign(found, { needs, path, members, items, reason, outcome });
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
