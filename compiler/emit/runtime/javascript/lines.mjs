// The lines of a batch: cases, packages, decisions.
//
// In: a text of JSON lines, or an array of the same as values. Out: `{ cases, packages, decisions }`, in the order given.
// Always: blank lines are passed over; a package or decision may stand before the cases that it names.

import { readCase, readMaterials, readReasons } from "./case.mjs";
import { Digits, Members, below, scan, spotOf } from "./json.mjs";
import {
  boolean,
  eachItem,
  eachMember,
  filled,
  integer,
  isBlank,
  string,
  when,
  wrongType,
} from "./read.mjs";
import { CODES, Refusal, meant, reading } from "./refusal.mjs";

/** Reads all lines; a refusal's line is the line of the text, or the number of the value. */
export function readLines(prepared, lines) {
  const reader = new Lines(prepared);
  if (typeof lines !== "string") {
    lines.forEach((value, i) =>
      reading("", i, () => reader.line(spotOf(value))),
    );
    return reader.batch;
  }
  eachTextLine(lines, (line) => reader.line(scan(line)));
  return reader.batch;
}

/** Goes through the lines that are not blank; what is refused gets its place in the text. */
export function eachTextLine(text, read) {
  text
    .replace(/^\ufeff/, "")
    .split("\n")
    .forEach((line, i) => {
      if (!/^[ \t\r]*$/.test(line)) reading(line, i, () => read(line));
    });
}

/** What a line may be. */
const LINES = new Set(["case", "package", "decision"]);

class Lines {
  constructor(prepared) {
    this.prepared = prepared;
    this.batch = { cases: [], packages: [], decisions: [] };
    this.seen = { case: new Set(), package: new Set() };
  }

  line(spot) {
    let count = 0;
    eachMember(spot, "", LINES, (member, place) => {
      count += 1;
      const { name, value } = member;
      if (name === "case")
        this.batch.cases.push(
          this.once(readCase(this.prepared, value, place), member, place),
        );
      else if (name === "package")
        this.batch.packages.push(
          this.once(this.package(value, place), member, place),
        );
      else this.batch.decisions.push(this.decision(value, place));
    });
    if (count === 1) return;
    const [zh, en] = [
      "一行应是一个 case、package 或 decision",
      "a line should be one case, package or decision",
    ];
    throw new Refusal(CODES.MISSING_MEMBER, spot.at, "", zh, en);
  }

  /** An id stands once in a batch. */
  once(read, member, place) {
    const { id } = read;
    const seen = this.seen[member.name];
    if (id !== null && seen.has(id)) {
      const [zh, en] = [
        `编号“${id}”用了两次`,
        `the id \`${id}\` is used twice`,
      ];
      throw new Refusal(
        CODES.BATCH_REFERENCE,
        member.value.at,
        below(place, "id"),
        zh,
        en,
      );
    }
    seen.add(id);
    return read;
  }

  package(spot, pointer) {
    const { prepared } = this;
    const readers = {
      id: filled,
      stage: (value, place) => this.stage(value, place),
      by: filled,
      key: readKey,
      at: when,
      cases: (value, place) => eachItem(value, place, string),
      summary: (value, place) => this.summary(value, place),
      materials: (value, place) =>
        readMaterials(value, place, prepared.packageMaterialKeys),
      reasons: (value, place) => readReasons(value, place, prepared.quotaKeys),
      channel: filled,
    };
    const read = {
      id: null,
      stage: null,
      by: null,
      key: new Map(),
      at: null,
      cases: [],
      summary: null,
      materials: new Map(),
      reasons: new Map(),
      channel: null,
    };
    readMembers(spot, pointer, readers, read);
    return read;
  }

  /** A stage of the programme. */
  stage(spot, pointer) {
    const name = string(spot, pointer);
    if (!this.prepared.stages.has(name)) {
      throw new Refusal(
        CODES.NO_SUCH_STAGE,
        spot.at,
        pointer,
        `没有名为“${name}”的环节`,
        `there is no stage \`${name}\``,
        meant(name, this.prepared.stages.keys()),
      );
    }
    return filled(spot, pointer);
  }

  /** The rows of a summary: cells by their pointers within the row, and at `/case` the id of the row's case. */
  summary(spot, pointer) {
    return eachItem(spot, pointer, (item, place) => {
      const row = new Map();
      const heads = this.prepared.summaryKeys;
      eachMember(item, place, heads, ({ name, value }, headPlace) => {
        const [at, inner] = [String(below("", name)), heads.get(name)];
        if (inner.size === 0) row.set(at, readCell(value, headPlace));
        else
          eachMember(value, headPlace, inner, (member, cellPlace) =>
            row.set(
              String(below(at, member.name)),
              readCell(member.value, cellPlace),
            ),
          );
      });
      return row;
    });
  }

  decision(spot, pointer) {
    const quota = (value, place) => {
      const name = string(value, place);
      if (this.prepared.quotaKeys.has(name)) return name;
      throw new Refusal(
        CODES.BATCH_REFERENCE,
        value.at,
        place,
        `没有名为“${name}”的名额`,
        `there is no quota \`${name}\``,
      );
    };
    const readers = {
      quota,
      key: readKey,
      by: filled,
      why: filled,
      at: filled,
    };
    const read = { quota: null, key: new Map(), by: null, why: null, at: null };
    readMembers(spot, pointer, readers, read);
    return read;
  }
}

/** Reads each member by its reader. */
function readMembers(spot, pointer, readers, into) {
  const known = new Set(Object.keys(readers));
  eachMember(spot, pointer, known, (member, place) => {
    into[member.name] = readers[member.name](member.value, place);
  });
}

/** A key: a bare value, under the empty name, or values by key name. */
function readKey(spot, pointer) {
  if (!(spot.node instanceof Members))
    return new Map([["", readKeyText(spot, pointer)]]);
  const keys = new Map();
  eachMember(spot, pointer, null, (member, place) =>
    keys.set(member.name, readKeyText(member.value, place)),
  );
  return keys;
}

const plainValue = (spot, pointer) =>
  wrongType(
    spot,
    pointer,
    "字符串、数字或是/否",
    "a string, a number or true/false",
  );

export function readKeyText(spot, pointer) {
  const { node } = spot;
  if (typeof node === "string" || typeof node === "boolean")
    return String(node);
  return node instanceof Digits
    ? String(integer(spot, pointer))
    : plainValue(spot, pointer);
}

/** A cell: null, a text, a whole number, yes or no. */
function readCell(spot, pointer) {
  const { node } = spot;
  if (typeof node === "string") return isBlank(node) ? null : node;
  if (typeof node === "boolean") return boolean(spot, pointer);
  return node instanceof Digits
    ? integer(spot, pointer)
    : plainValue(spot, pointer);
}
