// What every expression stands in: tables, readings and constants of the programme, keys in scope, data notes.
//
// A case (scene.mjs) and a group of a batch (batch.mjs) are scopes and add what their own names mean.

import { aggregate } from "./aggregate.mjs";
import {
  Day,
  Moment,
  daysUntil,
  monthsUntil,
  partOfDay,
  yearsUntil,
} from "./date.mjs";
import { openQuotient } from "./expression.mjs";
import { scaled, within } from "./interval.mjs";
import * as messages from "./messages.mjs";
import { divide, isNumber, isWhole, multiply } from "./number.mjs";
import { lookup, rowsOf, seatsOf } from "./table.mjs";
import { charCount } from "./text.mjs";
import { Unknown, allNeeds, isUnknown, sameValue, silent } from "./value.mjs";
import { later, outOfReach } from "./working-days.mjs";

const RELATIONS = {
  equal: (order) => order === 0,
  notEqual: (order) => order !== 0,
  less: (order) => order < 0,
  atMost: (order) => order <= 0,
  more: (order) => order > 0,
  atLeast: (order) => order >= 0,
};

/** Nothing in a notice is taken more often. */
const MOST_TIMES = 10_000_000;

const SECONDS = { days: 86400, weeks: 604800 };

export class Scope {
  constructor(prepared, settings) {
    this.prepared = prepared;
    /** What each reading is set to: the index of a word, "open", `{ band }`, or "fixed". */
    this.settings = settings;
    /** Positions of the readings that were asked for. */
    this.consulted = new Set();
    /** Keys of the group, or of a table's row; innermost last. */
    this.keys = [];
    /** Data notes: `{ rule, clauses, message }`. */
    this.notes = [];
    /** The declaration that notes name: `{ key, clauses }`. */
    this.subject = null;
  }

  /** Evaluates with a declaration named in notes; the work is given the scope and the declaration. */
  naming(subject, work) {
    const outer = this.subject;
    this.subject = subject;
    const result = work(this, subject);
    this.subject = outer;
    return result;
  }

  setting(index) {
    this.consulted.add(index);
    return this.settings[index];
  }

  /** The setting of a built-in reading; null if the programme does not have it. */
  builtin(name) {
    const index = this.prepared.builtins.get(name);
    return index === undefined ? null : this.setting(index);
  }

  readingIs(name, word) {
    const index = this.prepared.readingIndex.get(name);
    const setting = this.setting(index);
    return typeof setting === "number"
      ? this.prepared.readings[index].values[setting] === word
      : silent();
  }

  constant(key) {
    return this.prepared.constants.get(key).value(this);
  }

  key(index) {
    return this.keys.at(-1)?.[index] ?? null;
  }

  lookup(table, column, keys) {
    return lookup(this, this.prepared.tables.get(table), column, keys);
  }

  overColumn(op, key, column) {
    const table = this.prepared.tables.get(key);
    if (table.absent) return silent();
    return aggregate(
      op,
      rowsOf(this, table, column).map(({ value }) => ({ counts: true, value })),
    );
  }

  /** The seats of the row that the keys choose, of a total split over a table's rows; what a tie leaves open is unknown. */
  split(total, key, column, method, keys) {
    const table = this.prepared.tables.get(key);
    if (table.absent) return silent();
    const rows = rowsOf(this, table, column);
    const open = allNeeds([total, ...keys, ...rows.map((row) => row.value)]);
    if (open.length > 0) return new Unknown(open);
    if (!isNumber(total)) return null;
    if (!isWhole(total)) return new Unknown();
    const row = rows.findIndex((r) => sameValue(r.keys, keys));
    if (row < 0) return silent();
    const weights = rows.map(({ value }) => (isNumber(value) ? value : 0));
    return seatsOf(total, weights, method)[row] ?? silent();
  }

  /** 字数 of a text, number of items of a list. */
  length(value) {
    if (typeof value === "string")
      return charCount(value, this.countsPunctuation());
    if (Array.isArray(value)) return value.length;
    return isUnknown(value) ? new Unknown(value.needs) : null;
  }

  /** Whether 字数 counts punctuation; the reading's second word does not. */
  countsPunctuation() {
    return this.builtin("length") !== 1;
  }

  /** The band of the reading `about`, as a fraction of one; null where there is none. */
  band() {
    return this.builtin("about")?.band ?? null;
  }

  /** Whether a value lies within the band around a target. */
  about(value, target) {
    if (value === null || target === null) return null;
    const band = this.band();
    return band === null ? silent() : within(value, target, band);
  }

  /** The rank of a closed list's value: of `best first` lists the first ranks highest. */
  level(list, value) {
    if (value === null || isUnknown(value)) return value;
    const { index, order } = this.prepared.lists.get(list);
    const place = index.get(value);
    return order === "best first" ? 0 - place : place;
  }

  /** Compares days; a moment counts as its local day. */
  days(a, relation, b) {
    const day = (value) => this.localDay(value)?.number ?? null;
    return this.compareTimes(a, relation, b, day);
  }

  /** A day, or the local day of a moment. */
  localDay(value) {
    if (value instanceof Day) return value;
    return value instanceof Moment
      ? (this.prepared.zone?.dayOf(value) ?? null)
      : null;
  }

  /** How many days the second day lies after the first; a moment counts as its local day. */
  daysBetween(from, to) {
    return this.elapsed(from, to, daysUntil);
  }

  /** How many complete months. */
  monthsBetween(from, to) {
    return this.elapsed(from, to, monthsUntil);
  }

  /** How many complete years. */
  yearsBetween(from, to) {
    return this.elapsed(from, to, yearsUntil);
  }

  /** What is read off one day; a moment counts as its local day. */
  ofDay(part, of) {
    if (of === null) return null;
    const day = this.localDay(of);
    return day === null
      ? new Unknown(allNeeds([of]))
      : (partOfDay(day, part) ?? new Unknown());
  }

  elapsed(from, to, until) {
    if (from === null || to === null) return null;
    const [a, b] = [this.localDay(from), this.localDay(to)];
    return a === null || b === null
      ? new Unknown(allNeeds([from, to]))
      : until(a, b);
  }

  /** Compares moments; what is known only by its day counts as the beginning of that day. */
  moments(a, relation, b) {
    const second = (value) => {
      if (value instanceof Moment) return value.seconds;
      return value instanceof Day
        ? (this.prepared.zone?.startOf(value)?.seconds ?? null)
        : null;
    };
    return this.compareTimes(a, relation, b, second);
  }

  compareTimes(a, relation, b, place) {
    if (a === null || b === null) return null;
    if (isUnknown(a) || isUnknown(b)) return new Unknown(allNeeds([a, b]));
    const [x, y] = [place(a), place(b)];
    if (x === null || y === null) return new Unknown();
    if (relation === "before") return this.boundary("before", x < y, x === y);
    if (relation === "after") return this.boundary("after", x > y, x === y);
    return RELATIONS[relation](x - y);
  }

  /** A day or moment plus a duration: days and weeks after a moment are so many hours; all else counts from its local day. */
  shifted(date, by) {
    if (date instanceof Moment && by.unit in SECONDS)
      return new Moment(date.seconds + by.count * SECONDS[by.unit]);
    const day =
      date instanceof Moment ? (this.prepared.zone?.dayOf(date) ?? null) : date;
    if (day === null) return date === null ? null : new Unknown();
    if (!(day instanceof Day)) return day;
    return later(this.prepared, day, by) ?? outOfReach(this.prepared, by);
  }

  /** The same with a duration taken so many times: a whole number, and not beyond all reach. */
  shiftedTimes(date, by, times) {
    if (date === null || times === null) return null;
    if (isUnknown(date) || isUnknown(times))
      return new Unknown(allNeeds([date, times]));
    const isNear = Number.isInteger(times) && Math.abs(times) <= MOST_TIMES;
    return isNear
      ? this.shifted(date, { ...by, count: by.count * times })
      : outOfReach(this.prepared, by);
  }

  /** Before or after: on the boundary itself the reading decides. */
  boundary(reading, beyond, on) {
    if (!on) return beyond;
    const setting = this.builtin(reading);
    if (setting === null || setting === 0) return true;
    return typeof setting === "number" ? false : silent();
  }

  /** a ÷ b; a division by zero is unknown, and a note names the denominator. */
  divided(a, b, denominator, constant = false) {
    if (a === null || b === null) return null;
    if (!isNumber(b)) return openQuotient(a, b);
    const inverse = divide(1, b);
    if (inverse === null) {
      this.noteZero(denominator);
      return openQuotient(a, b);
    }
    if (isNumber(a)) return multiply(a, inverse);
    return constant ? scaled(a, inverse) : openQuotient(a);
  }

  /** a ÷ b, of which b is a constant of the programme. */
  dividedByConstant(a, b, denominator) {
    return this.divided(a, b, denominator, true);
  }

  /** A data note on what is being evaluated, once. */
  noteZero(denominator) {
    const { key: rule, clauses } = this.subject ?? { key: "", clauses: [] };
    const message =
      denominator === undefined
        ? messages.ZERO
        : messages.about(messages.ZERO_NAMED, denominator);
    addNote(this.notes, { rule, clauses, message });
  }

  /** A share whose base is surely empty is a division by zero. */
  noteEmptyBase(share, denominator) {
    if (isUnknown(share) && share.needs.length === 0)
      this.noteZero(denominator);
    return share;
  }
}

/** Adds a note of ours that does not stand there yet. */
export function addNote(notes, note) {
  const same = ({ rule, message }) =>
    rule === note.rule && message.zh === note.message.zh;
  if (!notes.some(same)) notes.push(note);
}
