// A whole case: its header, entries by track, judgements, materials, events.
//
// In: a text, or a Spot. Out: a Case, complete and typed, nothing evaluated; or a Refusal thrown.
// Always: an entry that was left out, null or blank is null; one that is not acceptable is BAD, and its fault stands in `faults`.

import { Cursor, namesOf } from "./cursor.mjs";
import { parseDay } from "./date.mjs";
import { Entries } from "./entry.mjs";
import { below, scan } from "./json.mjs";
import {
  boolean,
  eachItem,
  eachMember,
  filled,
  isBlank,
  memberOf,
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
    /** The data of each input of the track. */
    this.data = new Array(track.inputs.length).fill(null);
    /** What stands beside data with an origin, by slot: `{ asOf, at }`. */
    this.origins = new Map();
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
const MEMBERS = namesOf(
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
);

/** Reads a case from its text: in one pass, and as a tree only where something is to be refused. */
export function readCaseText(prepared, text) {
  try {
    const cursor = new Cursor(text);
    const one = readCase(prepared, cursor);
    cursor.finish();
    return one;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
  }
  return readCase(prepared, scan(text));
}

/** Reads a case that stands at `pointer` of its text. */
export function readCase(prepared, spot, pointer = "") {
  const reader = new Reader(
    prepared,
    trackOf(prepared, spot, pointer),
    String(pointer).length,
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
  const found = memberOf(spot, pointer, name);
  if (found !== undefined) return found;
  throw new Refusal(
    CODES.MISSING_MEMBER,
    spot.at,
    pointer,
    `缺少“${name}”`,
    `\`${name}\` is missing`,
  );
}

/** No member may stand here. */
const NOTHING = namesOf();

/** Members that stand beside a value with its origin. */
const BESIDE = {
  judgements: namesOf("value", "by", "at", "reason"),
  attested: namesOf("value", "evidence"),
  external: namesOf("value", "as_of", "evidence"),
};

class Reader {
  constructor(prepared, track, outer) {
    this.prepared = prepared;
    this.case = new Case(track);
    this.values = new Entries(prepared);
    /** How much of a pointer leads to the case. */
    this.outer = outer;
  }

  member(member, place) {
    const { value } = member;
    const { track } = this.case;
    switch (member.name) {
      case "programme":
      case "track":
        string(value, place);
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
    eachMember(spot, pointer, shape ?? NOTHING, ({ value }, place, found) => {
      if (typeof found === "number") this.entry(found, value, place);
      else this.entries(found, value, place);
    });
  }

  entry(slot, spot, pointer) {
    const { faults } = this.values;
    const before = faults.length;
    const { type } = this.case.track.inputs[slot];
    this.case.data[slot] = this.values.read(spot, type, pointer);
    for (let i = before; i < faults.length; i += 1) {
      const { path, problem } = faults[i];
      this.case.faults.push({ slot, path: path.slice(this.outer), problem });
    }
  }

  /** `judgements`, `attested`, `external`: of facts, or of rules and members. */
  sheets(origin, spot, pointer) {
    const shape = this.case.track.shape.get(origin);
    eachMember(spot, pointer, shape ?? NOTHING, ({ value }, place, found) => {
      if (typeof found === "number")
        this.sheetEntry(found, origin, value, place);
      else this.sheet(found, origin, value, place);
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
    const { origins } = this.case;
    const beside = origins.get(slot) ?? { asOf: null, at: null };
    origins.set(slot, beside);
    this.withOrigin(origin, spot, pointer, beside, (value, place) =>
      this.entry(slot, value, place),
    );
  }

  withOrigin(origin, spot, pointer, into, read) {
    eachMember(spot, pointer, BESIDE[origin], (member, place) => {
      if (member.name === "value") {
        read(member.value, place);
        return;
      }
      if (member.name === "at") {
        into.at = when(member.value, place);
        return;
      }
      const text = string(member.value, place);
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

const COPY = namesOf("format", "sealed");

function readCopy(spot, pointer) {
  const copy = { format: null, sealed: null };
  eachMember(spot, pointer, COPY, (member, place) => {
    if (member.name === "format") copy.format = filled(member.value, place);
    else copy.sealed = boolean(member.value, place);
  });
  return copy;
}

const EVENT = namesOf("stage", "outcome", "by", "at", "channel");

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
