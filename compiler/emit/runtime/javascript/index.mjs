// What a generated programme takes from the runtime.

import { evaluateBatch } from "./batch.mjs";
import { readCase, readCaseText } from "./case.mjs";
import { Day, Moment, showDay } from "./date.mjs";
import { evaluateCase } from "./evaluate.mjs";
import { Group } from "./group.mjs";
import { spotOf, toCanonicalText } from "./json.mjs";
import { readLines } from "./lines.mjs";
import { readOptions } from "./options.mjs";
import { prepare } from "./prepared.mjs";
import { reading } from "./refusal.mjs";
import { batchReportOf, reportOf } from "./report.mjs";
import { asDay } from "./scene.mjs";
import { selectFrom } from "./select.mjs";
import { selectReportOf } from "./select-report.mjs";
import { readReports } from "./target-lines.mjs";
import { targetsReportOf } from "./target-report.mjs";
import { judgeTargets } from "./targets.mjs";

export { Zone } from "./date.mjs";
export * from "./expression.mjs";
export {
  largest,
  minus,
  negative,
  plus,
  rounded,
  smallest,
  times,
} from "./interval.mjs";
export { ratio } from "./number.mjs";
export { Refusal } from "./refusal.mjs";
export { charCount } from "./text.mjs";
export { and, not, or } from "./truth.mjs";
export { silent } from "./value.mjs";

/** The functions of a programme, from its definition. */
export function validatorOf(definition) {
  const prepared = prepare(definition);

  function validate(value, options) {
    const settled = readOptions(prepared, options);
    return judge(readCase(prepared, spotOf(value)), settled);
  }

  function validateText(text, options) {
    const settled = readOptions(prepared, options);
    const body = text.replace(/^\ufeff/, "");
    return judge(
      reading(body, 0, () => readCaseText(prepared, body)),
      settled,
    );
  }

  const judge = (one, options) =>
    reportOf(prepared, evaluateCase(prepared, one, options), options.lang);

  function judgeBatch(lines, stage, options) {
    const settled = readOptions(prepared, { ...options, at: stage });
    const evaluated = evaluateBatch(
      prepared,
      readLines(prepared, lines),
      settled,
    );
    const reports = evaluated.reports.map((report) =>
      reportOf(prepared, report, settled.lang),
    );
    return { reports, batch: batchReportOf(prepared, evaluated, settled.lang) };
  }

  function checkTargets(reports, date, options) {
    const settled = readOptions(prepared, { ...options, on: date });
    const judged = judgeTargets(
      prepared,
      readReports(prepared, reports),
      settled,
    );
    return targetsReportOf(prepared, judged, settled.lang);
  }

  function select(lines, stage, options) {
    const settled = readOptions(prepared, { ...options, at: stage });
    const selections = selectFrom(
      prepared,
      readLines(prepared, lines),
      settled,
    );
    return selectReportOf(prepared, selections, settled.lang);
  }

  const checkBatch = (lines, stage, options) =>
    judgeBatch(lines, stage, options).batch;

  return {
    validate,
    validateText,
    judgeBatch,
    checkBatch,
    select,
    checkTargets,
    reportToText: toCanonicalText,
    deadlines: deadlinesOf(prepared),
  };
}

/** The window and deadline of every stage of every track's route, as local days or moments; null where they are open. */
function deadlinesOf(prepared) {
  const scope = new Group(prepared, prepared.settings);
  const shown = (deadline) => {
    const value = deadline === undefined ? null : scope.deadline(deadline);
    const day = value instanceof Moment ? asDay(prepared, value) : value;
    return day instanceof Day ? showDay(day) : null;
  };
  return [...prepared.tracks.values()].flatMap((track) =>
    track.stages
      .filter((stage) => stage.open !== undefined || stage.due !== undefined)
      .map((stage) => ({
        track: track.key,
        stage: stage.key,
        open: shown(stage.open),
        due: shown(stage.due),
      })),
  );
}
