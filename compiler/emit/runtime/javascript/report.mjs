// Reports as plain data, ready to be printed as canonical JSON.
//
// In: what evaluation gives. Out: objects as docs/reports.md describes them, in one language.
// Always: whole numbers are numbers, all other numbers strings in their unit.

import { Day, Moment, showDay, showMoment } from "./date.mjs";
import { Settled } from "./finding.mjs";
import { labelOf } from "./messages.mjs";
import { divide, isNumber, showNumber, toDecimal } from "./number.mjs";
import { isUnknown } from "./value.mjs";

/** The keys of what is awaited. */
export const keysOf = (needs) => needs.map((need) => need.key);

/** A number in its unit; a ratio without a finite decimal is `n/d`. */
export function shownNumber(value, type) {
  const shown = type.size === undefined ? value : divide(value, type.size);
  if (type.whole && typeof shown === "number") return shown;
  return (
    (type.digits === undefined ? null : toDecimal(shown, type.digits)) ??
    showNumber(shown)
  );
}

const shownEnd = (end, type) => (end === null ? null : shownNumber(end, type));

/** A value as plain data; null where it has none, or none that is shown. */
export function shownValue(value, type, zone) {
  if (isNumber(value))
    return type.kind === "number" ? shownNumber(value, type) : null;
  if (value instanceof Day) return showDay(value);
  if (value instanceof Moment) return showMoment(zone, value);
  const plain =
    typeof value === "boolean" ||
    typeof value === "string" ||
    (type.kind === "any_of" && Array.isArray(value));
  return plain ? value : null;
}

function valueEntry({ named, value }, zone) {
  const { clauses, type } = named;
  const unit = type.unit ?? null;
  if (!isUnknown(value))
    return { clauses, unit, value: shownValue(value, type, zone) };
  const bounds =
    type.kind === "number"
      ? { high: shownEnd(value.high, type), low: shownEnd(value.low, type) }
      : {};
  return { clauses, ...bounds, needs: keysOf(value.needs), unit, value: null };
}

function memberEntry(member, lang) {
  const { of, path, result, needs, members } = member;
  return {
    clauses: of.clauses,
    members: members?.map((inner) => memberEntry(inner, lang)),
    message: labelOf(of)[lang],
    needs: keysOf(needs),
    path,
    result,
    rule: of.key,
  };
}

/** A finding on a case or a package. */
export function findingEntry(found, lang) {
  const {
    of,
    addressed,
    items,
    kind,
    members,
    cases,
    message,
    needs,
    outcome,
    path,
    problem,
    reason,
    result,
    strength,
    under,
  } = found;
  return {
    addressed,
    clauses: found.clauses ?? of.clauses,
    exception: reason === undefined ? undefined : true,
    items: items?.map((item) => ({
      needs: keysOf(item.needs),
      path: item.path,
      result: item.result,
    })),
    kind,
    members: members?.map((member) => memberEntry(member, lang)) ?? cases,
    message: message[lang],
    needs: keysOf(needs),
    outcome,
    path,
    problem,
    reason,
    result,
    rule: of.key,
    strength,
    under,
  };
}

const newlyShown = (found, lang) => defined(findingEntry(found, lang));

/** A finding on a case; one that is the same in many cases is shown once. */
const shownFinding = (found, lang) =>
  found instanceof Settled
    ? found.shown(lang, newlyShown)
    : newlyShown(found, lang);

/** The outcome: null, a key, or best and worst. */
export const outcomeEntry = (outcome) =>
  outcome === null || outcome.best !== outcome.worst ? outcome : outcome.best;

/** The report of a case. */
export function reportOf(prepared, evaluated, lang) {
  const {
    caseVersion,
    findings,
    id,
    later,
    notes,
    outcome,
    standing,
    tags,
    track,
    values,
    verdict,
  } = evaluated;
  return defined({
    case_version: caseVersion,
    findings: findings.map((found) => shownFinding(found, lang)),
    id,
    later: later.map((found) => shownFinding(found, lang)),
    notes: notes.map(({ clauses, message, rule }) => ({
      clauses,
      message: message[lang],
      rule,
    })),
    outcome: outcomeEntry(outcome),
    programme: prepared.programme,
    status: standing,
    tags,
    track: track.key,
    values: Object.fromEntries(
      values.map((entry) => [
        entry.named.key,
        valueEntry(entry, prepared.zone),
      ]),
    ),
    verdict,
    version: prepared.version,
  });
}

/** The object without members that are undefined. */
export function defined(object) {
  const kept = {};
  for (const name in object)
    if (object[name] !== undefined) kept[name] = object[name];
  return kept;
}

/** A quota's finding for one group. */
function quotaEntry(found, lang) {
  const { of, measure, limit, distance, override, returned, reason } = found;
  const shown = (value) =>
    value === undefined || value === null ? value : shownNumber(value, of.type);
  const isMeasured = "value" in measure || "low" in measure;
  return defined({
    addressed: found.addressed,
    clauses: of.clauses,
    denominator: measure.denominator,
    exception: reason === undefined ? undefined : true,
    final: found.final,
    free: isMeasured ? shown(distance?.free) : undefined,
    high: shown(measure.high),
    key: found.key,
    kind: "quota",
    limit: limitEntry(limit),
    low: shown(measure.low),
    members: found.members,
    message: labelOf(of)[lang],
    needs: keysOf(found.needs),
    numerator: measure.numerator,
    over: isMeasured ? shown(distance?.over) : undefined,
    override:
      override &&
      defined({
        at: override.at ?? undefined,
        by: override.by ?? undefined,
        why: override.why ?? undefined,
      }),
    reason,
    result: found.result,
    returned: returned.length > 0 ? returned : undefined,
    rule: of.key,
    strength: found.strength,
    under: found.under,
    value: shown(measure.value),
  });
}

function limitEntry(limit) {
  if (limit === undefined) return undefined;
  const { one, low, high, type } = limit;
  return one === undefined
    ? { high: shownNumber(high, type), low: shownNumber(low, type) }
    : shownNumber(one, type);
}

function packageEntry({ id, key, cases, state, own, quotas }, lang) {
  const findings = [
    ...own.map((found) => defined(findingEntry(found, lang))),
    ...quotas.map((found) => quotaEntry(found, lang)),
  ];
  return { cases, findings, id, key, state };
}

/** The report of a batch. */
export function batchReportOf(
  prepared,
  { closed, findings, notes, packages, stage },
  lang,
) {
  return defined({
    closed,
    findings: findings.map((found) => quotaEntry(found, lang)),
    notes:
      notes.length === 0
        ? undefined
        : notes.map(({ clauses, message, rule }) => ({
            clauses,
            message: message[lang],
            rule,
          })),
    packages: packages.map((report) => packageEntry(report, lang)),
    programme: prepared.programme,
    stage,
    version: prepared.version,
  });
}
