// Lookups in tables, and totals split over their rows.

import { Day } from "./date.mjs";
import { compareValues } from "./expression.mjs";
import * as exact from "./number.mjs";
import { Unknown, allNeeds, isUnknown, silent } from "./value.mjs";

const { compare, isNumber } = exact;

/** A cell of a row with the row's keys in scope. */
export function cell(c, row, column, keys) {
  const value = row.values[column];
  if (typeof value !== "function") return value ?? null;
  c.keys.push(keys);
  const found = value(c);
  c.keys.pop();
  return found;
}

/** The cell of a column in the row that the keys choose. No such row: the notice says nothing on it. */
export function lookup(c, table, column, keys) {
  if (table.absent) return silent();
  if (keys.includes(null)) return null;
  if (keys.some(isUnknown)) return new Unknown(allNeeds(keys));
  const row = findRow(c, table, keys);
  return row === undefined
    ? silent()
    : cell(c, row, table.columns.indexOf(column), keys);
}

const constant = (c, value) => (typeof value === "function" ? value(c) : value);

function fits(c, keyCell, key) {
  if (keyCell === null) return true;
  if (Array.isArray(keyCell))
    return keyCell.some(
      (value) => compareValues("equal", key, constant(c, value)) === true,
    );
  if (!isNumber(key)) return false;
  const { low, high, above, below } = keyCell;
  const overLow =
    low === undefined ||
    compare(key, low) > 0 ||
    (!above && compare(key, low) === 0);
  const underHigh =
    high === undefined ||
    compare(key, high) < 0 ||
    (!below && compare(key, high) === 0);
  return overLow && underHigh;
}

/** What stands for a number or a day where bounds are compared; null for any other value. */
function placeOf(value) {
  if (isNumber(value)) return value;
  return value instanceof Day ? value.number : null;
}

/** The row that known keys choose. */
function findRow(c, table, keys) {
  const last = keys.length - 1;
  const fitsFirst = (row) =>
    row.keys.slice(0, last).every((keyCell, i) => fits(c, keyCell, keys[i]));
  if (table.lookup === "match")
    return table.rows.find(
      (row) => fitsFirst(row) && fits(c, row.keys[last], keys[last]),
    );
  const sign = table.lookup === "lower bound" ? 1 : -1;
  const key = placeOf(keys[last]);
  let best;
  for (const row of table.rows) {
    const [first] = Array.isArray(row.keys[last]) ? row.keys[last] : [null];
    const bound = placeOf(constant(c, first));
    if (bound === null || key === null || !fitsFirst(row)) continue;
    const reached = compare(key, bound) * sign >= 0;
    const nearer = best === undefined || compare(bound, best.bound) * sign > 0;
    if (reached && nearer) best = { bound, row };
  }
  // Of a banded table: the row for values beyond all bounds.
  return (
    best?.row ??
    table.rows.find((row) => row.keys[last] === null && fitsFirst(row))
  );
}

/** Every row of a column as `{ keys, value }`: its constant keys (the first of each cell; null for `otherwise`). */
export function rowsOf(c, table, column) {
  const index = table.columns.indexOf(column);
  return table.rows.map((row) => {
    const keys = row.keys.map((keyCell) =>
      Array.isArray(keyCell) && keyCell.length > 0
        ? constant(c, keyCell[0])
        : null,
    );
    return { keys, value: cell(c, row, index, keys) };
  });
}

/** Seats by weight; null for each row that a tie at the last seat leaves open. */
export function seatsOf(total, weights, method) {
  const sum = weights.reduce(exact.add, 0);
  if (sum === 0 || total < 0) return weights.map(() => null);
  const quota = (weight) => exact.divide(exact.multiply(weight, total), sum);
  const remainder = method === "largest_remainder";
  const seats = weights.map((weight) =>
    remainder ? exact.round(quota(weight), "down", 0) : 0,
  );
  const done = weights.map(() => false);
  const claim = (i) => {
    if (remainder)
      return done[i] ? null : exact.subtract(quota(weights[i]), seats[i]);
    return exact.divide(
      weights[i],
      exact.add(seats[i], method === "webster" ? exact.add(seats[i], 1) : 1),
    );
  };
  let rest = seats.reduce(exact.subtract, total);
  while (rest > 0) {
    const claims = weights.map((_, i) => claim(i));
    const best = claims.reduce(
      (top, one) =>
        one !== null && (top === null || compare(one, top) > 0) ? one : top,
      null,
    );
    if (best === null) break;
    const tied = claims.map((one) => one !== null && compare(one, best) === 0);
    const count = tied.filter(Boolean).length;
    if (count > rest) return seats.map((n, i) => (tied[i] ? null : n));
    tied.forEach((claims_, i) => {
      if (!claims_) return;
      seats[i] = exact.add(seats[i], 1);
      done[i] = remainder;
    });
    rest = exact.subtract(rest, count);
  }
  return seats;
}
