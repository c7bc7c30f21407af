// A programme made ready once for many cases.
//
// In: the programme's definition as index.mjs prints it. Out: the same by key, with where entries stand, bounds of blank numbers and
// the settings of readings. Always: nothing of a case; the same for every case.

import { limitsOf, toBase } from "./entry.mjs";
import { settingOf } from "./readings.mjs";
import { compareTexts } from "./text.mjs";

const byKey = (declared) => new Map(declared.map((one) => [one.key, one]));

const keySet = (declared) => new Set(declared.map((one) => one.key));

/** Declared bounds of a number's field, in base units. */
function boundsOf(type) {
  return limitsOf(type).map((end) => (end === null ? null : toBase(type, end)));
}

/** A closed list with the place of each key. */
function prepareList(list) {
  const keys = list.values.map((value) => value.key ?? value);
  return { ...list, index: new Map(keys.map((key, i) => [key, i])) };
}

function prepareRecord(record) {
  const fields = record.fields.map((field) => ({
    ...field,
    bounds: boundsOf(field.type),
  }));
  return {
    ...record,
    fields,
    index: new Map(fields.map((field, i) => [field.key, i])),
  };
}

const segments = (pointer) =>
  pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Where entries of a track may stand: a tree of Maps down to an input's slot or the key of a rule or member. */
function shapeOf(track) {
  const root = new Map();
  const put = (path, leaf) => {
    let at = root;
    for (const name of path.slice(0, -1)) {
      if (!at.has(name)) at.set(name, new Map());
      at = at.get(name);
      if (!(at instanceof Map)) return;
    }
    if (!at.has(path.at(-1))) at.set(path.at(-1), leaf);
  };
  track.inputs.forEach((input, slot) => put(segments(input.pointer), slot));
  const places = {
    judged: "judgements",
    attested: "attested",
    external: "external",
  };
  const sheets = (key, test) => {
    if (test?.kind === "threshold")
      for (const member of test.members) sheets(member.key, member.test);
    else if (test?.kind in places) put([places[test.kind], key], key);
  };
  for (const rule of track.rules) sheets(rule.key, rule.test);
  return sorted(root);
}

/** The same tree with its names in order. */
const sorted = (shape) =>
  shape instanceof Map
    ? new Map(
        [...shape.keys()]
          .sort(compareTexts)
          .map((name) => [name, sorted(shape.get(name))]),
      )
    : shape;

function prepareTrack(track, prepared) {
  const inputs = track.inputs.map((input) => ({
    ...input,
    bounds: boundsOf(input.type),
  }));
  const materials = (track.materials ?? []).map((key) =>
    prepared.materials.get(key),
  );
  return {
    ...track,
    inputs,
    shape: shapeOf(track),
    slots: new Map(inputs.map((input, slot) => [input.pointer, slot])),
    ruleIndex: new Map(track.rules.map((rule, i) => [rule.key, i])),
    letIndex: new Map(track.lets.map((one, i) => [one.key, i])),
    materials,
    outcomes: track.outcomes ?? [],
    stages:
      track.route === undefined ? [] : prepared.routes[track.route].stages,
    readings: (track.readings ?? []).map((key) =>
      prepared.readingIndex.get(key),
    ),
    reasonKeys: keySet(track.rules),
    materialKeys: keySet(materials),
  };
}

function prepareBlock(block, prepared) {
  const inputs = block.inputs.map((input) => ({
    ...input,
    bounds: boundsOf(input.type),
  }));
  const indicators = block.indicators.map((indicator) => ({
    ...indicator,
    readings: (indicator.readings ?? []).map((key) =>
      prepared.readingIndex.get(key),
    ),
  }));
  return { ...block, inputs, indicators };
}

/** Members of a summary's row: `case`, and the columns of all summaries; under a common head, the columns below it. */
function headsOf(summaries) {
  const heads = new Map([["case", new Set()]]);
  for (const column of summaries.flatMap((summary) => summary.columns)) {
    const [head, ...rest] = segments(column.pointer);
    if (!heads.has(head)) heads.set(head, new Set());
    for (const name of rest) heads.get(head).add(name);
  }
  return heads;
}

/** The programme, by key. */
export function prepare(definition) {
  const { programme, version, zone, readings, routes, summaries, quotas } =
    definition;
  const stages = definition.stages.map((stage) =>
    typeof stage === "string" ? { key: stage } : stage,
  );
  const prepared = {
    programme,
    version,
    zone,
    readings,
    routes,
    summaries,
    settings: readings.map(settingOf),
    readingIndex: new Map(readings.map((reading, i) => [reading.key, i])),
    builtins: new Map(
      readings.flatMap((reading, i) =>
        reading.builtin === undefined ? [] : [[reading.builtin, i]],
      ),
    ),
    actors: byKey(definition.actors),
    lists: byKey(definition.lists.map(prepareList)),
    records: byKey(definition.records.map(prepareRecord)),
    tables: byKey(definition.tables),
    constants: byKey(definition.constants),
    materials: byKey(definition.materials),
    stages: new Map(stages.map(({ key }, i) => [key, i])),
    /** Keys of stages by key and by name. */
    stageNames: new Map(
      stages.flatMap(({ key, name }) => [
        [name ?? key, key],
        [key, key],
      ]),
    ),
    quotas: quotas.map((quota) => ({
      ...quota,
      readings: (quota.readings ?? []).map((key) =>
        readings.findIndex((r) => r.key === key),
      ),
    })),
    quotaKeys: keySet(quotas),
    packageMaterialKeys: keySet(
      definition.materials.filter((material) => material.perPackage),
    ),
    summaryKeys: headsOf(summaries),
  };
  prepared.targets = definition.targets.map((block) =>
    prepareBlock(block, prepared),
  );
  prepared.tracks = byKey(
    definition.tracks.map((track) => prepareTrack(track, prepared)),
  );
  return prepared;
}
