// A package on its own: sender, time, channel, its cases, its materials, its summary.

import { deadlineFinding, isInclusive, kept } from "./deadline.mjs";
import { aboutCases, aboutStage, finding } from "./finding.mjs";
import { Group } from "./group.mjs";
import { below } from "./json.mjs";
import { keyText } from "./keys.mjs";
import { blamed, judgeCopies } from "./materials.mjs";
import * as messages from "./messages.mjs";
import { NO_TIME } from "./read.mjs";
import { resultOf } from "./rules.mjs";
import { anyStage } from "./scene.mjs";
import { summaryFindings } from "./summary.mjs";
import { or, truthOf } from "./truth.mjs";

/** States of a package, worst first. */
const STATES = ["returned", "reason needed", "unknown", "complete"];

/** The report of one package, its findings not yet printed: `own` ones, then those of `quotas`. */
export function packageReport(run, one, quotas) {
  const stage =
    run.stage === null ? undefined : anyStage(run.prepared, run.stage);
  const parts = [
    ofSender,
    ofUnknownSender,
    ofTimes,
    ofCases,
    ofMaterials,
    summaryFindings,
  ];
  const own =
    stage === undefined ? [] : parts.flatMap((part) => part(run, one, stage));
  const worst = Math.min(
    STATES.length - 1,
    ...[...own, ...quotas].map((found) => STATES.indexOf(brings(found))),
  );
  return {
    id: one.id,
    key: printedKey(run, one, stage),
    cases: one.cases,
    state: STATES[worst],
    own,
    quotas,
  };
}

function brings({ strength, result }) {
  const weighty =
    strength === "require" ||
    strength === "complete" ||
    strength === "in principle";
  if (!weighty || result === "met" || result === "not applicable")
    return "complete";
  if (result !== "unmet") return "unknown";
  return strength === "in principle" ? "reason needed" : "returned";
}

/** The name of the key of which the stage's actor has one body per value. */
const senderKeyName = (run, stage) => run.prepared.actors.get(stage?.by)?.per;

/** The sender's key by name; a bare one is the key that the stage's actor has one body for. */
function printedKey(run, one, stage) {
  const per = senderKeyName(run, stage) ?? "";
  return Object.fromEntries(
    [...one.key].map(([name, text]) => [name === "" ? per : name, text]),
  );
}

/** Actor and channel. */
function ofSender(run, one, stage) {
  const findings = [];
  const actor = run.prepared.actors.get(stage.by);
  const wrong =
    actor !== undefined &&
    one.by !== null &&
    one.by !== actor.key &&
    one.by !== actor.name;
  if (wrong) findings.push(aboutStage(stage, "actor", "/by"));
  if (
    stage.channel !== undefined &&
    one.channel !== null &&
    one.channel !== stage.channel
  ) {
    findings.push(aboutStage(stage, "channel", "/channel"));
  }
  return findings;
}

/** A sender that is none of the bodies there are: the key's closed list does not have it. */
function ofUnknownSender(run, one, stage) {
  const actor = run.prepared.actors.get(stage.by);
  const key = [...one.key].find(([name]) => name === "" || name === actor?.per);
  const list = run.prepared.lists.get(actor?.keys);
  if (key === undefined || list === undefined || list.index.has(key[1]))
    return [];
  return [
    {
      ...aboutStage(stage, "unlisted", "/key"),
      message: messages.about(messages.ofField("unlisted"), key[1]),
    },
  ];
}

/** The deadline. */
function ofTimes(run, one, stage) {
  if (stage.due === undefined || one.at === null) return [];
  if (one.at === NO_TIME) return [aboutStage(stage, "date", "/at")];
  const scope = new Group(run.prepared, run.settings);
  const due = scope.deadline(stage.due);
  const keeps = kept(one.at, due, isInclusive(scope), run.prepared.zone);
  const timing = { due, at: one.at, keeps };
  return [deadlineFinding(scope, stage, timing, "late", "/at")];
}

/** Its cases: each in the batch, in one package only, of this sender. */
function ofCases(run, one, stage) {
  const missing = one.cases.filter((id) => !run.byId.has(id));
  const elsewhere = (id) => run.named.get(id) > 1;
  const twice = one.cases.filter(elsewhere);
  const named = { missing, twice, differs: foreignCases(run, one, stage) };
  const found = Object.entries(named).flatMap(([problem, ids]) =>
    ids.length === 0
      ? []
      : [aboutCases("package", stage, problem, ids, "/cases")],
  );
  return [...offRoute(run, one, stage), ...found];
}

/** Cases whose own route does not pass the stage, by the stage at which their track sends: they came through the wrong channel. */
function offRoute(run, one, stage) {
  const byStage = new Map();
  for (const position of run.casesOf(one)) {
    const route = run.scenes[position].stages;
    if (route.length === 0 || route.some(({ key }) => key === stage.key))
      continue;
    const own = route.find(({ sends = [] }) => sends.length > 0) ?? route[0];
    byStage.set(own, [
      ...(byStage.get(own) ?? []),
      run.batch.cases[position].id ?? "",
    ]);
  }
  return [...byStage].map(([own, ids]) => ({
    ...aboutCases("package", stage, "channel", ids, "/cases"),
    clauses: own.clauses,
    message: messages.aboutTwo(
      messages.OFF_ROUTE,
      ids.join("、"),
      messages.labelOf(own),
    ),
  }));
}

/** Cases whose key is another than the package's. */
function foreignCases(run, one, stage) {
  const per = senderKeyName(run, stage);
  if (per === undefined) return [];
  const key = [...one.key].find(([name]) => name === "" || name === per);
  if (key === undefined) return [];
  return run.casesOf(one).flatMap((position) => {
    const scene = run.scenes[position];
    const slot = scene.track.inputs.findIndex(
      (input) => (input.name ?? input.key) === per,
    );
    if (slot < 0) return [];
    const text = keyText(scene.track.inputs[slot].shown, scene.slotValue(slot));
    const { id } = run.batch.cases[position];
    return text === null || text === key[1] || id === null ? [] : [id];
  });
}

/** Materials of the package: of the tracks of its cases. */
function ofMaterials(run, one) {
  const inside = run.casesOf(one);
  const asked = [...run.prepared.materials.values()].filter(
    (m) => m.perPackage && (m.at === undefined || m.at === run.stage),
  );
  return asked.flatMap((material) => {
    const concerned = inside.filter((position) =>
      (material.tracks ?? []).includes(run.scenes[position].track.key),
    );
    if (concerned.length === 0) return [];
    const copies = one.materials.get(material.key) ?? [];
    const guards = concerned.map((position) => {
      const scene = run.scenes[position];
      const guard = material.when?.[scene.track.key];
      return guard === undefined ? true : truthOf(guard(scene));
    });
    const applies =
      material.optional && copies.length === 0 ? false : or(...guards);
    const { truth, problem } = judgeCopies(material, copies, one.channel);
    const { result, needs } = resultOf(applies, truth);
    const path = String(below("/materials", material.key));
    const found = finding("material", material, "complete", result);
    return [blamed({ ...found, needs, path }, material, problem)];
  });
}
