// One entry: a JSON value becomes typed data, by what its field accepts.
//
// In: a Spot and a field's type. Out: data in base units (value.mjs); what the field does not accept is a fault, and the data BAD.

import { parseDay } from "./date.mjs";
import { namesOf } from "./cursor.mjs";
import { below } from "./json.mjs";
import {
  compare,
  decimalOf,
  divide,
  isWhole,
  multiply,
  numberOf,
  subtract,
} from "./number.mjs";
import {
  boolean,
  eachItem,
  eachMember,
  integer,
  isBlank,
  isNull,
  string,
} from "./read.mjs";
import { PATTERNS } from "./shared.mjs";
import { BAD, Fields } from "./value.mjs";

/** Digits of a decimal number that every implementation holds. */
const DIGITS = 18;

/** Members of an uploaded file. */
const FILE = namesOf("name", "size", "sealed");

const shape = (pattern) => {
  const expression = new RegExp(pattern, "u");
  return (text) => expression.test(text);
};

const ACCEPTS = {
  text: () => true,
  prose: () => true,
  email: shape(PATTERNS.email),
  phone: shape(PATTERNS.phone),
  mobile: shape(PATTERNS.mobile),
  postcode: shape(PATTERNS.postcode),
  url: shape(PATTERNS.url),
};

/** Whether a length keeps the hard limits. */
const keeps = (field, length) =>
  (field.limits ?? []).every(
    ({ kind, value }) =>
      kind === "about" ||
      (kind === "at most" ? length <= value : length >= value),
  );

/** Lowest and highest value of a number's field, in its unit. */
export function limitsOf(field) {
  const low = field.kind === "count" ? 0 : field.kind === "year" ? 1 : null;
  return [
    field.low ?? low,
    field.high ?? (field.kind === "year" ? 9999 : null),
  ];
}

/** A number in the field's unit, in base units. */
export const toBase = (field, value) =>
  field.size === undefined ? value : multiply(value, field.size);

/** Reads entries of one case and collects their faults, as `{ path, problem }`. */
export class Entries {
  constructor(prepared) {
    this.prepared = prepared;
    this.faults = [];
  }

  bad(path, problem) {
    this.faults.push({ path: String(path), problem });
    return BAD;
  }

  /** Reads a value of a field. */
  read(spot, field, pointer) {
    if (isNull(spot)) return null;
    switch (field.kind) {
      case "integer":
      case "count":
      case "year":
        return this.number(integer(spot, pointer), field, pointer);
      case "decimal":
      case "percent":
      case "money":
        return this.decimal(spot, field, pointer);
      case "date":
        return this.day(spot, pointer, "");
      case "month":
        return this.day(spot, pointer, "-01");
      case "yes_no":
        return boolean(spot, pointer);
      case "file":
        return this.file(spot, field, pointer);
      case "one_of":
        return this.oneOf(spot, this.prepared.lists.get(field.list), pointer);
      case "any_of":
        return this.anyOf(
          spot,
          field,
          this.prepared.lists.get(field.list),
          pointer,
        );
      case "record":
        return this.record(
          spot,
          this.prepared.records.get(field.record),
          pointer,
        );
      case "list":
        return this.list(spot, field, pointer);
      default:
        return this.text(spot, ACCEPTS[field.kind], pointer);
    }
  }

  text(spot, accepts, pointer) {
    const value = string(spot, pointer);
    if (isBlank(value)) return null;
    return accepts(value) ? value : this.bad(pointer, "pattern");
  }

  decimal(spot, field, pointer) {
    const value = string(spot, pointer);
    const written = decimalOf(value);
    if (written === null)
      return isBlank(value) ? null : this.bad(pointer, "pattern");
    if (written.places > field.digits) return this.bad(pointer, "pattern");
    if (written.digits > DIGITS) return this.bad(pointer, "range");
    return this.number(numberOf(written), field, pointer);
  }

  /** Checks bounds and step in the declared unit, then goes over to base units. */
  number(value, field, pointer) {
    const [low, high] = field.ends;
    const outside =
      (low !== null && compare(value, low) < 0) ||
      (high !== null && compare(value, high) > 0);
    if (outside) return this.bad(pointer, "range");
    if (field.step !== undefined) {
      const steps = divide(subtract(value, field.low ?? 0), field.step);
      if (steps !== null && !isWhole(steps)) return this.bad(pointer, "step");
    }
    return toBase(field, value);
  }

  day(spot, pointer, rest) {
    const value = string(spot, pointer);
    if (isBlank(value)) return null;
    return parseDay(value + rest) ?? this.bad(pointer, "date");
  }

  oneOf(spot, known, pointer) {
    const value = string(spot, pointer);
    if (isBlank(value)) return null;
    return known.index.has(value) ? value : this.bad(pointer, "unlisted");
  }

  anyOf(spot, field, known, pointer) {
    const chosen = new Set();
    let all = true;
    eachItem(spot, pointer, (item, place) => {
      const value = string(item, place);
      if (known.index.has(value)) {
        chosen.add(value);
      } else {
        this.bad(place, "unlisted");
        all = false;
      }
    });
    if (!keeps(field, chosen.size)) return this.bad(pointer, "length");
    return all
      ? [...chosen].sort((a, b) => known.index.get(a) - known.index.get(b))
      : BAD;
  }

  record(spot, record, pointer) {
    const values = record.fields.map(() => null);
    eachMember(spot, pointer, record.index, ({ value }, place, index) => {
      values[index] = this.read(value, record.fields[index].type, place);
    });
    if (values.every((value) => value === null)) return null;
    record.fields.forEach((field, i) => {
      if (values[i] === null && !field.optional)
        this.bad(below(pointer, field.key), "blank");
    });
    return new Fields(values, record);
  }

  list(spot, field, pointer) {
    const items = eachItem(spot, pointer, (item, place) => {
      const data = this.read(item, field.item, place);
      if (data === null) this.bad(place, "blank");
      return data;
    });
    return keeps(field, items.length) ? items : this.bad(pointer, "length");
  }

  file(spot, field, pointer) {
    let [name, size] = [null, null];
    eachMember(spot, pointer, FILE, (member, place) => {
      const { value } = member;
      if (member.name === "name") name = string(value, place);
      else if (member.name === "size") size = integer(value, place);
      else boolean(value, place);
    });
    if (name === null || isBlank(name)) return null;
    const point = name.lastIndexOf(".");
    const ending = point < 0 ? "" : lower(name.slice(point + 1));
    if (
      field.kinds !== undefined &&
      !field.kinds.some((kind) => lower(kind) === ending)
    )
      return this.bad(pointer, "pattern");
    if (size !== null && (size < 0 || !keeps(field, size)))
      return this.bad(pointer, "length");
    return name;
  }
}

/** Small letters for A to Z only. */
const lower = (text) => text.replace(/[A-Z]/g, (c) => c.toLowerCase());
