// Working days: the so-many-th working day before or after a day.
//
// In: the years of a calendar, and the days on which they depart from their weeks. Out: days.
// Always: beyond the calendar's years nothing is known, and the calendar is what is awaited.

import { Day, makeDay, parseDay, shiftDay } from "./date.mjs";
import { Unknown, awaited } from "./value.mjs";

/** Whether a day is a Saturday or a Sunday; 1970-01-01 was a Thursday. */
const isWeekend = (number) => (((number + 3) % 7) + 7) % 7 >= 5;

export class WorkingDays {
  constructor({ key, first, last, off = [], worked = [] }) {
    this.key = key;
    this.first = makeDay(first, 1, 1).number;
    this.last = makeDay(last, 12, 31).number;
    const [free, busy] = [off, worked].map(
      (days) => new Set(days.map((text) => parseDay(text).number)),
    );
    /** All of them, in order. */
    this.worked = [];
    for (let day = this.first; day <= this.last; day += 1)
      if (isWeekend(day) ? busy.has(day) : !free.has(day))
        this.worked.push(day);
  }

  /** The so-many-th working day after a day, or before it; null if a day that is counted lies outside. */
  plus(day, count) {
    if (count === 0) return day;
    // The first day that is counted.
    const from = day.number + Math.sign(count);
    if (from < this.first || from > this.last) return null;
    const at =
      count > 0
        ? this.before(from) + count - 1
        : this.before(day.number) + count;
    const found = this.worked[at];
    return found === undefined ? null : new Day(found);
  }

  /** How many there are before a day. */
  before(number) {
    let [low, high] = [0, this.worked.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.worked[middle] < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The day so much later, or earlier; null beyond the year 9999 and beyond the calendar. */
export const later = ({ workingDays }, day, { count, unit }) =>
  unit === "working_days"
    ? workingDays.plus(day, count)
    : shiftDay(day, count, unit);

/** The last day of what begins on a day and takes so long, both included. */
export function lastDay(prepared, from, length) {
  const [start, end] =
    length.unit === "working_days"
      ? [shiftDay(from, -1, "days"), 0]
      : [from, -1];
  const free = start && later(prepared, start, length);
  return free && shiftDay(free, end, "days");
}

/** Unknown, since a day so much later can't be counted. */
export const outOfReach = ({ workingDays }, { unit }) =>
  unit === "working_days" ? awaited(workingDays.key, "other") : new Unknown();
