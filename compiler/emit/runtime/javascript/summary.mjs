// The summary of a package: every row has its case, every case its row, and what both hold agrees.

import { aboutCases, finding } from "./finding.mjs";
import { keyText } from "./keys.mjs";
import * as messages from "./messages.mjs";
import { isUnknown } from "./value.mjs";

/** Findings on the summary of a package, if the stage sends one or the package brings one. */
export function summaryFindings(run, one, stage) {
  const { summaries } = run.prepared;
  const key = (stage.sends ?? []).find(
    (document) => document.summary !== undefined,
  )?.summary;
  const sent = summaries.find((summary) => summary.key === key);
  if (one.summary === null) return sent === undefined ? [] : [missing(sent)];
  const summary = sent ?? summaries[0];
  const of = summary ?? stage;
  const caseOf = (row) =>
    typeof row.get("/case") === "string" ? row.get("/case") : null;
  const ids = one.summary.map(caseOf).filter((id) => id !== null);
  const named = {
    missing: one.cases.filter((id) => !ids.includes(id)),
    extra: ids.filter((id) => !one.cases.includes(id)),
    twice: [...new Set(ids.filter((id, i) => ids.indexOf(id) < i))],
  };
  const findings = Object.entries(named).flatMap(([problem, cases]) => {
    return cases.length === 0
      ? []
      : [aboutCases("summary", of, problem, cases, "/summary")];
  });
  one.summary.forEach((row, index) => {
    const id = caseOf(row);
    const path = `/summary/${index}`;
    if (id === null)
      findings.push({
        ...aboutCases("summary", of, "missing", ["case"], path),
        cases: [],
      });
    else if (run.byId.has(id) && summary !== undefined)
      findings.push(
        ...disagreements(run, summary, row, path, run.byId.get(id)),
      );
  });
  return findings;
}

function missing(of) {
  const message = messages.about(
    messages.ofPackage("missing"),
    messages.labelOf(of),
  );
  return {
    ...finding("summary", of, "complete", "unmet"),
    message,
    problem: "missing",
  };
}

/** Columns of a row that differ from its case, or are blank though they may not be. */
function disagreements(run, summary, row, path, position) {
  return summary.columns.flatMap((column) => {
    const cell = row.get(column.pointer) ?? null;
    let problem;
    if (column.value !== undefined)
      problem = differs(run, column, cell, position) ? "differs" : undefined;
    else if (cell === null && !column.optional) problem = "blank";
    if (problem === undefined) return [];
    const words =
      problem === "blank"
        ? messages.ofField(problem)
        : messages.ofPackage(problem);
    const message = messages.about(words, messages.labelOf(column));
    // A difference weighs what the column says; a blank cell always leaves the summary incomplete.
    let strength = "complete";
    if (problem === "differs") strength = column.strength ?? strength;
    return [
      {
        ...finding("summary", column, strength, "unmet"),
        message,
        problem,
        path: path + column.pointer,
        cases: [run.ids[position]],
      },
    ];
  });
}

/** Whether a cell shows another value than its case; a blank cell is filled from the case. */
function differs(run, column, cell, position) {
  const scene = run.scenes[position];
  const known = column.value[scene.track.key](scene);
  if (cell === null || known === null || isUnknown(known)) return false;
  const shown = keyText(column.shown, known);
  return shown !== null && shown !== String(cell);
}
