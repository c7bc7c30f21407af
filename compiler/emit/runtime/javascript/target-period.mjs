// Of which time a report on targets speaks, and which reports a milestone is decided by.
//
// In: `{ year }` (of the calendar), `{ nth }` (year of the block), `{ day }`. Out: days, and whether a period lies in a window.
// Always: a milestone is decided by reports of its last year; a window is `{ by }`, `{ of }` or null (everything so far).

import { civil, makeDay, shiftDay, showDay } from "./date.mjs";

/** The least calendar year; smaller numbers are years of a block. */
export const FIRST_YEAR = 1000;

/** So many years after a day, if there is one. */
export const yearsAfter = (day, years) =>
  day === null ? null : shiftDay(day, years, "years");

/** The last day that a period speaks of. */
export function endOf({ year, nth, day }, start) {
  if (year !== undefined) return makeDay(year, 12, 31);
  return nth === undefined ? day : yearsAfter(start, nth);
}

/** The day at which it can first be known. */
export function beginOf({ year, nth, day }, start) {
  if (year !== undefined) return makeDay(year, 1, 1);
  return nth === undefined ? day : yearsAfter(start, nth - 1);
}

/** The year it is counted under. */
export const yearOf = ({ year, nth, day }) => year ?? nth ?? civil(day).year;

/** Whether a day lies in the year that ends on another. */
function inYearBefore(day, ends) {
  const begins = yearsAfter(ends, -1);
  return (
    day !== null &&
    begins !== null &&
    begins.number < day.number &&
    day.number <= ends.number
  );
}

/** Whether a period falls within a window. */
export function liesIn(period, window, start) {
  if (window === null) return true;
  const { by, of } = window;
  if (by !== undefined)
    return period.year === undefined
      ? inYearBefore(endOf(period, start), by)
      : period.year === civil(by).year;
  if (of >= FIRST_YEAR) return yearOf(period) === of;
  if (period.nth !== undefined) return period.nth === of;
  const ends = yearsAfter(start, of);
  return ends !== null && inYearBefore(endOf(period, start), ends);
}

/** What a milestone is called: `2020`, `2020-06-30`, `year 1`, `each year`, `total`, `total 2022`. */
export function labelOfMilestone({ by, year, total }) {
  if (by !== undefined) {
    const { year: y, month, day } = civil(by);
    const label = month === 12 && day === 31 ? String(y) : showDay(by);
    return total ? `total ${label}` : label;
  }
  if (year !== undefined) return `year ${year}`;
  return total ? "total" : "each year";
}
