// Many cases at a stage: packages, quotas, decisions.
//
// In: a prepared programme, the lines of a batch, options. Out: a report per case and one on packages and quotas.
// Always: the order of lines decides nothing but the order of what is printed; nobody is picked.

import { isPast } from "./deadline.mjs";
import { evaluateCase } from "./evaluate.mjs";
import { Group } from "./group.mjs";
import * as messages from "./messages.mjs";
import { packageReport } from "./package.mjs";
import { alternatives, worlds } from "./readings.mjs";
import { Scene, anyStage } from "./scene.mjs";
import { addNote } from "./scope.mjs";
import { StageRun, decides } from "./stage.mjs";
import { silent } from "./value.mjs";
import { worsened } from "./verdict.mjs";

/** Evaluates a batch at a stage; without one, at every stage in turn. Nothing is printed yet (report.mjs). */
export function evaluateBatch(prepared, batch, options) {
  const run = new BatchRun(prepared, batch, options);
  const reports = batch.cases.map((one) =>
    evaluateCase(prepared, one, options, true),
  );
  const closed =
    options.at === null
      ? options.closed
      : run.isClosed(options.at, options.settings);
  return { reports, closed, stage: options.at, ...run.stages(reports) };
}

/** Ids of the cases; one without is called by its place among the cases. */
export const idsOf = (batch) =>
  batch.cases.map((one, position) => one.id ?? `#${position + 1}`);

/** The scenes of all cases of a batch, under one setting of readings. */
export const scenesOf = (prepared, batch, settings, on) =>
  batch.cases.map((one) => new Scene(prepared, one, settings, on, true));

export class BatchRun {
  constructor(prepared, batch, options) {
    this.prepared = prepared;
    this.batch = batch;
    this.options = options;
    this.ids = idsOf(batch);
    this.byId = new Map(
      batch.cases.flatMap((one, position) =>
        one.id === null ? [] : [[one.id, position]],
      ),
    );
  }

  /** Closed iff said so, or the day looked at is past the stage's deadline. */
  isClosed(stage, settings) {
    const { closed, on } = this.options;
    if (closed || on === null) return closed;
    const due = anyStage(this.prepared, stage)?.due;
    if (due === undefined) return false;
    const scope = new Group(this.prepared, settings);
    return isPast(scope, on, scope.deadline(due));
  }

  /** Every stage asked for, and quotas without a stage. */
  stages(reports) {
    const { prepared, options } = this;
    const asked =
      options.at === null ? [...prepared.stages.keys(), null] : [options.at];
    const [packages, findings, notes] = [[], [], []];
    for (const stage of asked) {
      const hasQuota = prepared.quotas.some(
        (quota) => (quota.at ?? null) === stage,
      );
      if (
        !hasQuota &&
        !this.batch.packages.some((one) => this.isSentAt(one, stage))
      )
        continue;
      const uses = this.uses(stage);
      const result = this.settled(stage, options.settings, uses);
      if (options.alternatives) {
        for (const other of alternatives(prepared, options.settings, uses))
          compare(result, this.settled(stage, other.settings, uses), other);
      }
      this.outcomes(result, reports);
      const run = this.atStage(stage, options.settings);
      packages.push(
        ...run.packages.map(({ index, one }) => ({
          index,
          report: packageReport(run, one, result.judged.get(index) ?? []),
        })),
      );
      findings.push(...result.quotas);
      for (const note of result.notes) addNote(notes, note);
    }
    const inOrder = (list) => list.sort((a, b) => a.index - b.index);
    this.unusedDecisions(inOrder(findings), notes);
    return {
      notes,
      packages: inOrder(packages).map(({ report }) => report),
      findings: findings.map(({ found }) => found),
    };
  }

  /** No decision is passed over in silence: one that no finding took up is noted. */
  unusedDecisions(findings, notes) {
    for (const decision of this.batch.decisions) {
      const index = this.prepared.quotas.findIndex(
        ({ key }) => key === decision.quota,
      );
      if (index < 0) {
        addNote(notes, { rule: "", clauses: [], message: messages.NO_QUOTA });
        continue;
      }
      const quota = this.prepared.quotas[index];
      const groups = findings.filter((one) => one.index === index);
      if (groups.some(({ group }) => decides(decision, quota, group))) continue;
      const label = messages.labelOf(quota);
      const message =
        groups.length === 0
          ? messages.about(messages.NOT_JUDGED, label)
          : messages.aboutTwo(
              messages.NO_SUCH_GROUP,
              [...decision.key.values()].join("、"),
              label,
            );
      addNote(notes, { rule: quota.key, clauses: quota.clauses, message });
    }
  }

  isSentAt(one, stage) {
    if (stage === null) return false;
    return one.stage === null ? this.options.at === stage : one.stage === stage;
  }

  /** Readings that the quotas of a stage depend on, ascending. */
  uses(stage) {
    const quotas = this.prepared.quotas.filter(
      (quota) => (quota.at ?? null) === stage,
    );
    return [...new Set(quotas.flatMap((quota) => quota.readings))].sort(
      (a, b) => a - b,
    );
  }

  /** A stage under these settings; under open readings, what all their words agree on. */
  settled(stage, settings, uses) {
    const [first, ...others] = worlds(this.prepared, settings, uses).map(
      (world) => this.atStage(stage, world).run(),
    );
    for (const other of others) {
      for (const note of other.notes) addNote(first.notes, note);
      first.quotas.forEach(({ found }, i) => {
        if (
          other.quotas[i] === undefined ||
          found.result === other.quotas[i].found.result
        )
          return;
        found.result = "unknown";
        found.needs = silent().needs;
      });
    }
    return first;
  }

  /** Sets the scene at a stage. */
  atStage(stage, settings) {
    const { prepared, batch, options, ids, byId } = this;
    const scenes = scenesOf(prepared, batch, settings, options.on);
    const counted = scenes
      .map((scene, position) => [
        position,
        batch.cases[position].withdrawn ? false : entered(scene, stage),
      ])
      .filter(([, truth]) => truth !== false);
    const packages = batch.packages
      .map((one, index) => ({ index, one }))
      .filter(({ one }) => this.isSentAt(one, stage));
    const closed =
      stage === null ? options.closed : this.isClosed(stage, settings);
    return new StageRun({
      prepared,
      batch,
      stage,
      settings,
      closed,
      scenes,
      ids,
      byId,
      packages,
      counted,
    });
  }

  /** Every case of a breaching group gets the quota's outcome. */
  outcomes(result, reports) {
    for (const { position, quota } of result.breaching) {
      const { track } = this.batch.cases[position];
      const outcome = this.prepared.quotas[quota].outcome[track.key];
      const report = reports[position];
      if (outcome !== undefined && report.outcome !== null)
        report.outcome = worsened(track, report.outcome, outcome);
    }
  }
}

/** Whether a case entered a stage; one without events counts everywhere. */
export function entered(scene, stage) {
  if (stage === null || scene.case.events.length === 0) return true;
  const at = scene.stages.findIndex((one) => one.key === stage);
  return at < 0 ? false : scene.walk().entered[at];
}

/** Notes under each quota what another word of one reading would give. */
function compare(result, there, { reading, word }) {
  for (const { index, name, found } of result.quotas) {
    const other = there.quotas.find(
      (one) => one.index === index && one.name === name,
    )?.found;
    if (other !== undefined && other.result !== found.result)
      found.under.push({ reading, result: other.result, value: word });
  }
}
