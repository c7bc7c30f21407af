// The validator as a page asks it: what matters of a form, what totals come to, whole reports, how quotas are used.
//
// In: a case as plain data. Out: plain data in one language. Always: the same modules as `validators/javascript`; a Refusal is thrown as it is.

import { definition } from "../validator/definition.mjs";
import { BatchRun } from "../validator/runtime/batch.mjs";
import { readCase } from "../validator/runtime/case.mjs";
import { Entries, limitsOf } from "../validator/runtime/entry.mjs";
import { evaluateCase } from "../validator/runtime/evaluate.mjs";
import {
  below,
  scan,
  spotOf,
  toCanonicalText,
} from "../validator/runtime/json.mjs";
import { keyText } from "../validator/runtime/keys.mjs";
import { readLines } from "../validator/runtime/lines.mjs";
import { about, labelOf, ofField } from "../validator/runtime/messages.mjs";
import * as exact from "../validator/runtime/number.mjs";
import { readOptions } from "../validator/runtime/options.mjs";
import { prepare } from "../validator/runtime/prepared.mjs";
import { reading } from "../validator/runtime/refusal.mjs";
import {
  batchReportOf,
  reportOf,
  shownNumber,
} from "../validator/runtime/report.mjs";
import { Scene } from "../validator/runtime/scene.mjs";
import { characterCount, charCount } from "../validator/runtime/text.mjs";
import { isUnknown } from "../validator/runtime/value.mjs";

const prepared = prepare(definition);

export const { programme, version } = definition;

/** The length of a text: its characters, or 字数 as the programme's reading counts. */
export const countOf = (text, characters) =>
  characters
    ? characterCount(text)
    : charCount(text, settingOf("length") !== 1);

const settingOf = (name) => {
  const index = prepared.builtins.get(name);
  return index === undefined ? null : prepared.settings[index];
};

/** Reads JSON strictly; throws a Refusal with its place. */
export function parse(text) {
  const body = text.replace(/^\ufeff/, "");
  reading(body, 0, () => scan(body));
  return JSON.parse(body);
}

/** Throws a Refusal if the value is no case. */
export const check = (value) => void readCase(prepared, spotOf(value));

/** Every entry of the case's track: whether it matters, what it is computed to. */
export function look(value) {
  const scene = new Scene(
    prepared,
    readCase(prepared, spotOf(value)),
    prepared.settings,
    null,
  );
  return scene.track.inputs.map((input, slot) => ({
    at: input.pointer,
    relevant: scene.relevance(slot) !== false,
    optional: input.optional === true,
    computed:
      input.origin === "computed" ? shown(scene.slotValue(slot), input) : null,
  }));
}

const shown = (value, input) =>
  exact.isNumber(value) ? String(shownNumber(value, input.shown)) : "";

/** A pointer with every row of a list as the same. */
export const listed = (pointer) =>
  String(pointer).replace(/\/\d+(?=\/|$)/g, "/*");

/** Limits on the lengths of texts by pointer, of all tracks: `{ characters, limits }`, each `{ kind, value, low, high }` with the ends of a soft band. */
export function limits() {
  const found = new Map();
  for (const track of prepared.tracks.values())
    for (const { pointer, type } of track.inputs)
      limitsIn(type, listed(pointer), found);
  return found;
}

/** Those of an entry and of what stands in it. */
function limitsIn(type, at, found) {
  if (type.kind === "list") limitsIn(type.item, `${at}/*`, found);
  else if (type.kind === "record")
    for (const field of prepared.records.get(type.record).fields)
      limitsIn(field.type, listed(below(at, field.key)), found);
  else if (type.limits !== undefined && type.kind !== "file")
    found.set(at, {
      characters: type.characters === true,
      limits: type.limits.map(banded),
    });
}

function banded(limit) {
  const band = settingOf("about")?.band ?? null;
  if (limit.kind !== "about" || band === null) return limit;
  const end = (by) => exact.multiply(limit.value, by);
  const low = fraction(end(exact.subtract(1, band)));
  const high = fraction(end(exact.add(1, band)));
  return {
    ...limit,
    low: Number((low.numerator + low.denominator - 1n) / low.denominator),
    high: Number(high.numerator / high.denominator),
  };
}

/** A number as quotient of two whole ones. */
function fraction(x) {
  const isWhole = exact.isWhole(x);
  return {
    numerator: BigInt(isWhole ? x : x.numerator),
    denominator: BigInt(isWhole ? 1 : x.denominator),
  };
}

/** The report of a case. */
export function judge(value, options) {
  const settled = readOptions(prepared, options);
  const one = readCase(prepared, spotOf(value));
  return reportOf(prepared, evaluateCase(prepared, one, settled), settled.lang);
}

/** A report as canonical JSON. */
export const reportToText = (report) => `${toCanonicalText(report)}\n`;

/** Why a cell of a summary is not what its column takes; null if it is. */
export function cellFault(key, pointer, value, lang) {
  const { columns } = prepared.summaries.find((other) => other.key === key);
  const column = columns.find((other) => other.pointer === pointer);
  if (column === undefined || value === undefined) return null;
  const entries = new Entries(prepared);
  const type = { ...column.type, ends: limitsOf(column.type) };
  entries.read(spotOf(value), type, "");
  const [fault] = entries.faults;
  return fault === undefined
    ? null
    : about(ofField(fault.problem), labelOf(column))[lang];
}

/** The report of a batch: lines as objects; only packages and quotas are printed. */
export function judgeBatch(lines, options) {
  const settled = readOptions(prepared, { ...options, alternatives: false });
  const batch = readLines(prepared, lines);
  // Quotas and packages only: no case is judged by itself here.
  const run = new BatchRun(prepared, batch, settled);
  const unjudged = batch.cases.map(() => ({ outcome: null }));
  return batchReportOf(
    prepared,
    { closed: false, stage: settled.at, ...run.stages(unjudged) },
    settled.lang,
  );
}

/** The stages of a track's route, as `{ key, label }`. */
export const stagesOf = (track, lang) =>
  (prepared.tracks.get(track)?.stages ?? []).map((stage) => ({
    key: stage.key,
    label: labelOf(stage)[lang],
  }));

/** Every name of a track by key: entries, rules with their members, lets, materials, stages. */
export function namesOf(track, lang) {
  const names = new Map();
  const one = prepared.tracks.get(track);
  if (one === undefined) return names;
  const put = (declared) => names.set(declared.key, labelOf(declared)[lang]);
  const rule = (declared) => {
    put(declared);
    (declared.test?.members ?? []).forEach(rule);
  };
  one.stages.forEach(put);
  one.lets.forEach(put);
  one.materials.forEach(put);
  one.inputs.forEach(put);
  one.rules.forEach(rule);
  (one.outcomes ?? []).forEach((outcome) => outcome.key && put(outcome));
  return names;
}

/** Keys of quotas by their names for people. */
export const quotaNames = (lang) =>
  new Map(prepared.quotas.map((quota) => [quota.key, labelOf(quota)[lang]]));

/** Where cases of a track say which body sends them: the pointer of the entry of that name. */
export const keyPointer = (track, name) =>
  prepared.tracks
    .get(track)
    ?.inputs.find((input) => (input.name ?? input.key) === name)?.pointer;

/** What the columns of a summary show of a case, by pointer within its row. */
export function cellsOf(key, value) {
  const one = readCase(prepared, spotOf(value));
  const scene = new Scene(prepared, one, prepared.settings, null);
  const summary = prepared.summaries.find((other) => other.key === key);
  const cells = new Map();
  for (const column of summary?.columns ?? []) {
    const known = column.value?.[one.track.key]?.(scene) ?? null;
    if (known === null || isUnknown(known)) continue;
    const text = keyText(column.shown, known);
    if (text !== null) cells.set(column.pointer, text);
  }
  return cells;
}

/** The tracks whose cases a summary lists. */
export function tracksOf(key) {
  const summary = prepared.summaries.find((other) => other.key === key);
  const shown = summary?.columns.find((column) => column.value !== undefined);
  return shown === undefined
    ? [...prepared.tracks.keys()]
    : Object.keys(shown.value);
}

/** The name of the key of which the sender at a stage has one body a value. */
export function senderKey(stage) {
  const by = prepared.routes
    .flatMap((route) => route.stages)
    .find((one) => one.key === stage)?.by;
  return prepared.actors.get(by)?.per;
}

/** Tracks by key. */
export const trackNames = (lang) =>
  new Map(
    [...prepared.tracks.values()].map((track) => [
      track.key,
      labelOf(track)[lang],
    ]),
  );
