// The report on targets as plain data, ready to be printed as canonical JSON.

import { Day, showDay } from "./date.mjs";
import { isNumber } from "./number.mjs";
import { defined, shownNumber } from "./report.mjs";
import { isUnknown } from "./value.mjs";

const keysOf = (needs) => needs.map((need) => need.key);

/** Whether a number may stand in JSON: a quotient without end may not. */
const ends = (shown) => typeof shown === "number" || !shown.includes("/");

const numberIn = (type) => (value) => {
  if (value === undefined || type === null) return undefined;
  const shown = shownNumber(value, type);
  return ends(shown) ? shown : undefined;
};

/** A number without unit: a whole one as such, else as text. */
const plainNumber = (value) => shownNumber(value, { whole: true });

function plain(value, number) {
  if (isNumber(value)) return number(value);
  if (value instanceof Day) return showDay(value);
  return typeof value === "boolean" || typeof value === "string"
    ? value
    : undefined;
}

/** The ends of a number that is not known, if it has ends. */
function endsOf(value, type) {
  if (!isUnknown(value) || type === null) return {};
  const { low, high } = value;
  if (low === null && high === null) return {};
  const end = (n) => (n === null ? null : shownNumber(n, type));
  const both = { low: end(low), high: end(high) };
  return Object.values(both).every((n) => n === null || ends(n)) ? both : {};
}

function limitIn(limit, number, type) {
  if (limit === null || type === null || !isNumber(limit.low)) return undefined;
  if (limit.high === undefined) return number(limit.low);
  return isNumber(limit.high)
    ? { high: number(limit.high), low: number(limit.low) }
    : undefined;
}

const strengthOf = ({ problem, soft }) =>
  problem === undefined ? (soft ? "note" : "finding") : "complete";

function findingEntry(found, lang) {
  const { type, value, block } = found;
  const number = numberIn(type);
  return defined({
    addressed: block.reporter,
    clauses: found.clauses,
    denominator: found.ratio === null ? undefined : plainNumber(found.ratio[1]),
    due: found.due === null ? undefined : showDay(found.due),
    gap: number(found.gap),
    items: found.items
      ?.filter((item) => item.result !== "met")
      .map((item) => itemEntry(item, number)),
    key: found.key === null ? undefined : { [block.per ?? "key"]: found.key },
    kind: found.problem === undefined ? "target" : "field",
    limit: limitIn(found.limit, number, type),
    ...endsOf(value, type),
    message: found.message[lang],
    milestone: found.label,
    needs: keysOf(found.needs),
    numerator: found.ratio === null ? undefined : plainNumber(found.ratio[0]),
    path: found.path,
    problem: found.problem,
    reports: found.reports.flatMap(({ id }) => (id === null ? [] : [id])),
    result: found.result,
    rule: found.rule,
    strength: strengthOf(found),
    targets: block.key,
    under: found.under,
    unit: type?.unit,
    value: plain(value, number),
    words: found.words === undefined ? undefined : found.words[lang],
  });
}

const itemEntry = (item, number) =>
  defined({
    gap: number(item.gap),
    key: item.key,
    needs: keysOf(item.needs),
    result: item.result,
    value: plain(item.value, number),
  });

/** The report on targets. */
export function targetsReportOf(prepared, { on, findings, notes }, lang) {
  return {
    findings: findings.map((found) => findingEntry(found, lang)),
    notes: notes.map(({ clauses, message, rule }) => ({
      clauses,
      message: message[lang],
      rule,
    })),
    on: on === null ? null : showDay(on),
    programme: prepared.programme,
    version: prepared.version,
  };
}
