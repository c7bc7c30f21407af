// A programme made ready once for many cases.
//
// In: the programme's definition as index.mjs prints it. Out: the same by key, with where entries stand, bounds of blank numbers and
// the settings of readings. Always: nothing of a case; the same for every case.

import { Names, namesOf } from "./cursor.mjs";
import { limitsOf, toBase } from "./entry.mjs";
import { settingOf } from "./readings.mjs";
import { compareTexts } from "./text.mjs";
import { WorkingDays } from "./working-days.mjs";

const byKey = (declared) => new Map(declared.map((one) => [one.key, one]));

const keySet = (declared) => namesOf(...declared.map((one) => one.key));

/** A field's type with its ends as entered: [lowest, highest]. */
const prepareType = (type) => ({
  ...type,
  ends: limitsOf(type),
  item: type.item && prepareType(type.item),
});

/** A field, with the bounds of a number in base units. */
function prepareField(field) {
  const type = prepareType(field.type);
  const bounds = type.ends.map((end) =>
    end === null ? null : toBase(type, end),
  );
  return { ...field, type, bounds };
}

/** An input; of a plain one nothing is asked but that it is there and of its type. */
function prepareInput(input) {
  const field = prepareField(input);
  const isPlain =
    (field.origin === undefined || field.origin === "external") &&
    field.when === undefined &&
    field.type.limits === undefined &&
    !field.seal;
  return { ...field, isPlain };
}

/** A rule, with the findings that it gives in case after case, by result. */
const prepareRule = (rule) => ({ ...rule, settled: new Map() });

/** What findings are made for, in order: the position of each, and of the stage at which it is due. */
function stepOf(
  declared,
  { slots, inputs, ruleIndex, rules, stages },
  prepared,
) {
  const position = (key) => stages.findIndex((stage) => stage.key === key);
  const due = (key) => Math.max(position(key), 0);
  if (declared.input !== undefined) {
    const at = slots.get(declared.input);
    return { kind: "input", at, due: due(inputs[at].stage) };
  }
  if (declared.rule !== undefined) {
    const at = ruleIndex.get(declared.rule);
    return { kind: "rule", at, due: due(rules[at].due) };
  }
  if (declared.material !== undefined) {
    const material = prepared.materials.get(declared.material);
    return { kind: "material", material, due: due(material.at) };
  }
  return { kind: "stage", at: position(declared.stage) };
}

/** A closed list with the place of each key. */
function prepareList(list) {
  const keys = list.values.map((value) => value.key ?? value);
  return { ...list, index: new Map(keys.map((key, i) => [key, i])) };
}

function prepareRecord(record) {
  const fields = record.fields.map(prepareField);
  const index = new Names(fields.map((field, i) => [field.key, i]));
  return { ...record, fields, index };
}

const segments = (pointer) =>
  pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Where entries of a track may stand: a tree of Names down to an input's slot or the key of a rule or member. */
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
  return namesIn(root);
}

/** The same tree of Names, told in their order. */
function namesIn(shape) {
  if (!(shape instanceof Map)) return shape;
  const entries = [...shape].map(([name, below]) => [name, namesIn(below)]);
  return new Names(entries, [...shape.keys()].sort(compareTexts));
}

function prepareTrack(track, prepared) {
  const inputs = track.inputs.map(prepareInput);
  const rules = track.rules.map(prepareRule);
  const materials = (track.materials ?? []).map((key) =>
    prepared.materials.get(key),
  );
  const made = {
    ...track,
    inputs,
    rules,
    shape: shapeOf(track),
    slots: new Map(inputs.map((input, slot) => [input.pointer, slot])),
    ruleIndex: new Map(track.rules.map((rule, i) => [rule.key, i])),
    letIndex: new Map(track.lets.map((one, i) => [one.key, i])),
    materials,
    outcomes: track.outcomes ?? [],
    stages:
      track.route === undefined ? [] : prepared.routes[track.route].stages,
    readings: (track.readings ?? [])
      .map((key) => prepared.readingIndex.get(key))
      .sort((a, b) => a - b),
    reasonKeys: keySet(track.rules),
    materialKeys: keySet(materials),
  };
  made.order = track.order.map((key) => made.ruleIndex.get(key));
  made.steps = track.declared.map((one) => stepOf(one, made, prepared));
  return made;
}

function prepareBlock(block, prepared) {
  const inputs = block.inputs.map(prepareField);
  const indicators = block.indicators.map((indicator) => ({
    ...indicator,
    readings: (indicator.readings ?? []).map((key) =>
      prepared.readingIndex.get(key),
    ),
  }));
  return { ...block, inputs, indicators };
}

/** A declaration with the positions of the readings that it depends on, ascending. */
const withReadings = (declared, readings) => ({
  ...declared,
  readings: (declared.readings ?? [])
    .map((key) => readings.findIndex((reading) => reading.key === key))
    .sort((a, b) => a - b),
});

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
  const { programme, version, zone, calendar, readings } = definition;
  const { routes, summaries, quotas, selections } = definition;
  const stages = definition.stages.map((stage) =>
    typeof stage === "string" ? { key: stage } : stage,
  );
  const prepared = {
    programme,
    version,
    zone,
    workingDays: calendar === undefined ? null : new WorkingDays(calendar),
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
    quotas: quotas.map((quota) => withReadings(quota, readings)),
    selections: selections.map((one) => withReadings(one, readings)),
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
