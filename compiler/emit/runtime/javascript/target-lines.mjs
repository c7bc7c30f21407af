// The lines of reports on targets: strict, like cases.
//
// In: a text of JSON lines, or an array of the same as values. Out: reports `{ block, id, key, period, from, entries, faults }`, an entry
// being undefined (nothing), `{ one }` or `{ byKey }`. Always: blank lines are passed over.

import { ourProgramme } from "./case.mjs";
import { Day, Moment } from "./date.mjs";
import { Entries } from "./entry.mjs";
import { Members, scan, spotOf } from "./json.mjs";
import { eachTextLine, readKeyText } from "./lines.mjs";
import {
  eachMember,
  filled,
  integer,
  memberOf,
  string,
  when,
  wrongType,
} from "./read.mjs";
import { CODES, Refusal, meant, reading } from "./refusal.mjs";

const MEMBERS = new Set([
  "programme",
  "targets",
  "id",
  "key",
  "year",
  "at",
  "from",
  "values",
  "judgements",
  "attested",
  "external",
]);

const PLACES = ["values", "judgements", "attested", "external"];

/** Members that an entry with an origin may have. */
const BESIDE = {
  judgements: new Set(["value", "by", "at", "reason"]),
  attested: new Set(["value", "evidence"]),
  external: new Set(["value", "as_of", "evidence"]),
};

/** Reads all reports; a refusal's line is the line of the text, or the number of the value. */
export function readReports(prepared, lines) {
  if (typeof lines !== "string")
    return lines.map((value, i) =>
      reading("", i, () => readReport(prepared, spotOf(value))),
    );
  const reports = [];
  eachTextLine(lines, (line) => reports.push(readReport(prepared, scan(line))));
  return reports;
}

function readReport(prepared, spot) {
  ourProgramme(prepared, spot, "");
  const block = blockOf(prepared, spot);
  const report = {
    block,
    id: null,
    key: null,
    period: null,
    from: null,
    entries: block.inputs.map(() => undefined),
    faults: [],
  };
  let at = null;
  eachMember(spot, "", MEMBERS, ({ name, value }, place) => {
    if (name === "id") report.id = filled(value, place);
    else if (name === "key") report.key = readKeyText(value, place);
    else if (name === "year") report.period = readYear(value, place);
    else if (name === "at") at = { day: readDay(prepared, value, place) };
    else if (name === "from") report.from = readDay(prepared, value, place);
  });
  report.period = at ?? report.period;
  if (report.period === null) {
    throw new Refusal(
      CODES.MISSING_MEMBER,
      spot.at,
      "",
      "缺少“year”或“at”",
      "`year` or `at` is missing",
    );
  }
  for (const place of PLACES) {
    const value = memberOf(spot, "", place);
    if (value !== undefined) readEntries(prepared, report, place, value);
  }
  return report;
}

/** The block that a report is on; with one block it goes without saying. */
function blockOf(prepared, spot) {
  const value = memberOf(spot, "", "targets");
  const blocks = prepared.targets;
  if (value === undefined) {
    if (blocks.length === 1) return blocks[0];
    const [zh, en] = ["缺少“targets”", "`targets` is missing"];
    throw new Refusal(CODES.MISSING_MEMBER, spot.at, "", zh, en);
  }
  const name = string(value, "/targets");
  const found = blocks.find((block) => block.key === name);
  if (found !== undefined) return found;
  throw new Refusal(
    CODES.UNKNOWN_MEMBER,
    value.at,
    "/targets",
    `没有名为“${name}”的目标`,
    `there are no targets \`${name}\``,
    meant(
      name,
      blocks.map((block) => block.key),
    ),
  );
}

/** `2020`, or the block's year `1`. */
function readYear(spot, pointer) {
  const year = integer(spot, pointer);
  if (year >= 1000 && year <= 9999) return { year };
  if (year >= 1 && year < 1000) return { nth: year };
  throw new Refusal(
    CODES.NUMBER_RANGE,
    spot.at,
    pointer,
    `“${pointer}”应为 1 到 9999`,
    `\`${pointer}\` should be from 1 to 9999`,
  );
}

function readDay(prepared, spot, pointer) {
  const at = when(spot, pointer);
  const day = at instanceof Moment ? (prepared.zone?.dayOf(at) ?? null) : at;
  if (day instanceof Day) return day;
  throw new Refusal(
    CODES.WRONG_TYPE,
    spot.at,
    pointer,
    `“${pointer}”应为日期，例如 2020-12-31`,
    `\`${pointer}\` should be a day, such as 2020-12-31`,
  );
}

/** The members of `values`, `judgements`, `attested` or `external`. */
function readEntries(prepared, report, place, spot) {
  const { inputs } = report.block;
  const known = new Map(
    inputs.flatMap((input, slot) =>
      input.place === place ? [[input.key, slot]] : [],
    ),
  );
  eachMember(spot, `/${place}`, known, (member, pointer) => {
    const slot = known.get(member.name);
    const reader = new Reader(prepared, inputs[slot], slot, report);
    report.entries[slot] = reader.read(member.value, pointer);
  });
}

class Reader {
  constructor(prepared, input, slot, report) {
    this.prepared = prepared;
    this.input = input;
    this.slot = slot;
    this.report = report;
  }

  /** One value, or one a value of the list of `for all`; a body of that list may state its own. */
  read(spot, pointer) {
    const { forAll, place } = this.input;
    if (forAll === undefined) return { one: this.entry(spot, pointer) };
    const { index } = this.prepared.lists.get(forAll);
    const byKey = [...index.keys()].map(() => null);
    if (isByKey(spot, place)) {
      eachMember(spot, pointer, index, (member, at) => {
        byKey[index.get(member.name)] = this.entry(member.value, at);
      });
      return { byKey };
    }
    const own =
      this.report.key === null ? undefined : index.get(this.report.key);
    if (own === undefined)
      wrongType(
        spot,
        pointer,
        "每个对象各一个值",
        "an object with a value for each",
      );
    byKey[own] = this.entry(spot, pointer);
    return { byKey };
  }

  entry(spot, pointer) {
    const known = BESIDE[this.input.place];
    if (known === undefined) return this.value(spot, pointer);
    let data = null;
    eachMember(spot, pointer, known, (member, at) => {
      if (member.name === "value") data = this.value(member.value, at);
      else string(member.value, at);
    });
    return data;
  }

  value(spot, pointer) {
    const reader = new Entries(this.prepared);
    const data = reader.read(spot, this.input.type, pointer);
    for (const { path, problem } of reader.faults)
      this.report.faults.push({ slot: this.slot, path, problem });
    return data;
  }
}

/** Whether a value is written per key: an object, that of a judgement or statement left aside. */
const isByKey = ({ node }, place) =>
  node instanceof Members &&
  (place === "values" || !node.list.some((member) => member.name === "value"));
