// A whole case: its header, entries by track, judgements, materials, events.
//
// In: a Spot. Out: a Case, complete and typed, nothing evaluated; or a Refusal thrown.
// Always: an entry that was left out, null or blank is null; one that is not acceptable is BAD, and its fault stands in `faults`.

import { parseDay } from "./date.mjs";
import { Entries } from "./entry.mjs";
import { below } from "./json.mjs";
import {
  boolean,
  eachItem,
  eachMember,
  filled,
  isBlank,
  object,
  string,
  when,
} from "./read.mjs";
import { CODES, Refusal, thereAre } from "./refusal.mjs";
import { compareTexts } from "./text.mjs";

/** One application. */
class Case {
  constructor(track) {
    this.track = track;
    this.version = null;
    this.id = null;
    this.withdrawn = false;
    /** One an input of the track: `{ data, asOf, at }`. */
    this.entries = track.inputs.map(() => ({
      data: null,
      asOf: null,
      at: null,
    }));
    /** `{ slot, path, problem }`, in order of input and path. */
    this.faults = [];
    /** Judgements, attestations and register entries of rules and members, by key. */
    this.sheets = new Map();
    this.reasons = new Map();
    this.materials = new Map();
    this.events = [];
  }
}

/** Members of a case. */
const MEMBERS = new Set([
  "programme",
  "version",
  "id",
  "track",
  "form",
  "facts",
  "attested",
  "judgements",
  "external",
  "reasons",
  "materials",
  "events",
  "withdrawn",
]);

/** Reads a case that stands at `pointer` of its text. */
export function readCase(prepared, spot, pointer = "") {
  const reader = new Reader(
    prepared,
    trackOf(prepared, spot, pointer),
    pointer.length,
  );
  eachMember(spot, pointer, MEMBERS, (member, place) =>
    reader.member(member, place),
  );
  return reader.finish();
}

/** The programme must be ours. */
export function ourProgramme(prepared, spot, pointer) {
  const programme = required(spot, pointer, "programme");
  const name = string(programme, below(pointer, "programme"));
  if (name !== prepared.programme) {
    const ours = prepared.programme;
    const [zh, en] = [
      `这是“${name}”的申报，本项目是“${ours}”`,
      `this is a case of \`${name}\`; this programme is \`${ours}\``,
    ];
    throw new Refusal(
      CODES.OTHER_PROGRAMME,
      programme.at,
      below(pointer, "programme"),
      zh,
      en,
    );
  }
}

/** The track must be one of ours. */
function trackOf(prepared, spot, pointer) {
  ourProgramme(prepared, spot, pointer);
  const value = required(spot, pointer, "track");
  const place = below(pointer, "track");
  const key = string(value, place);
  const track = prepared.tracks.get(key);
  if (track !== undefined) return track;
  throw new Refusal(
    CODES.UNKNOWN_TRACK,
    value.at,
    place,
    `没有名为“${key}”的类别`,
    `there is no track \`${key}\``,
    thereAre(prepared.tracks.keys()),
  );
}

/** The value of a member that must be there. */
function required(spot, pointer, name) {
  const found = object(spot, pointer).find(
    (member) => member.name === name && member.value.node !== null,
  );
  if (found !== undefined) return found.value;
  throw new Refusal(
    CODES.MISSING_MEMBER,
    spot.at,
    pointer,
    `缺少“${name}”`,
    `\`${name}\` is missing`,
  );
}

/** Members that stand beside a value with its origin. */
const BESIDE = {
  judgements: new Set(["value", "by", "at", "reason"]),
  attested: new Set(["value", "evidence"]),
  external: new Set(["value", "as_of", "evidence"]),
};

class Reader {
  constructor(prepared, track, outer) {
    this.prepared = prepared;
    this.case = new Case(track);
    this.outer = outer;
  }

  member(member, place) {
    const { value } = member;
    const { track } = this.case;
    switch (member.name) {
      case "programme":
      case "track":
        return;
      case "version":
      case "id":
        this.case[member.name] = filled(value, place);
        return;
      case "withdrawn":
        this.case.withdrawn = boolean(value, place);
        return;
      case "form":
      case "facts":
        this.entries(track.shape.get(member.name), value, place);
        return;
      case "judgements":
      case "attested":
      case "external":
        this.sheets(member.name, value, place);
        return;
      case "reasons":
        this.case.reasons = readReasons(value, place, track.reasonKeys);
        return;
      case "materials":
        this.case.materials = readMaterials(value, place, track.materialKeys);
        return;
      case "events":
        this.case.events = eachItem(value, place, readEvent);
    }
  }

  /** Entered values: a tree of groups down to the inputs. */
  entries(shape, spot, pointer) {
    eachMember(spot, pointer, shape ?? new Map(), (member, place) => {
      const found = shape.get(member.name);
      if (typeof found === "number") this.entry(found, member.value, place);
      else this.entries(found, member.value, place);
    });
  }

  entry(slot, spot, pointer) {
    const reader = new Entries(this.prepared);
    this.case.entries[slot].data = reader.read(
      spot,
      this.case.track.inputs[slot].type,
      pointer,
    );
    for (const { path, problem } of reader.faults)
      this.case.faults.push({ slot, path: path.slice(this.outer), problem });
  }

  /** `judgements`, `attested`, `external`: of facts, or of rules and members. */
  sheets(origin, spot, pointer) {
    const shape = this.case.track.shape.get(origin);
    eachMember(spot, pointer, shape ?? new Map(), (member, place) => {
      const found = shape.get(member.name);
      if (typeof found === "number")
        this.sheetEntry(found, origin, member.value, place);
      else this.sheet(found, origin, member.value, place);
    });
  }

  sheet(key, origin, spot, pointer) {
    const sheet = this.case.sheets.get(key) ?? {
      judgements: null,
      attested: null,
      external: null,
      at: null,
      asOf: null,
    };
    this.case.sheets.set(key, sheet);
    this.withOrigin(origin, spot, pointer, sheet, (value, place) => {
      sheet[origin] = boolean(value, place);
    });
  }

  sheetEntry(slot, origin, spot, pointer) {
    const entry = this.case.entries[slot];
    this.withOrigin(origin, spot, pointer, entry, (value, place) =>
      this.entry(slot, value, place),
    );
  }

  withOrigin(origin, spot, pointer, into, read) {
    eachMember(spot, pointer, BESIDE[origin], (member, place) => {
      if (member.name === "value") {
        read(member.value, place);
        return;
      }
      const text = string(member.value, place);
      if (member.name === "at") into.at = when(member.value, place);
      if (member.name === "as_of") into.asOf = parseDay(text);
    });
  }

  finish() {
    this.case.faults.sort(
      (a, b) => a.slot - b.slot || compareTexts(a.path, b.path),
    );
    return this.case;
  }
}

/** Written reasons by key; a blank one is none. */
export function readReasons(spot, pointer, known) {
  const reasons = new Map();
  eachMember(spot, pointer, known, (member, place) => {
    const reason = string(member.value, place);
    if (!isBlank(reason)) reasons.set(member.name, reason);
  });
  return reasons;
}

/** Materials by key, each a list of copies. */
export function readMaterials(spot, pointer, known) {
  const materials = new Map();
  eachMember(spot, pointer, known, (member, place) =>
    materials.set(member.name, eachItem(member.value, place, readCopy)),
  );
  return materials;
}

const COPY = new Set(["format", "sealed"]);

function readCopy(spot, pointer) {
  const copy = { format: null, sealed: null };
  eachMember(spot, pointer, COPY, (member, place) => {
    if (member.name === "format") copy.format = filled(member.value, place);
    else copy.sealed = boolean(member.value, place);
  });
  return copy;
}

const EVENT = new Set(["stage", "outcome", "by", "at", "channel"]);

function readEvent(spot, pointer) {
  const event = {
    stage: null,
    outcome: null,
    by: null,
    at: null,
    channel: null,
  };
  eachMember(spot, pointer, EVENT, (member, place) => {
    event[member.name] =
      member.name === "at"
        ? when(member.value, place)
        : filled(member.value, place);
  });
  return event;
}
