import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Moment,
  Zone,
  civil,
  daysUntil,
  monthsUntil,
  parseDay,
  parseMoment,
  partOfDay,
  shiftDay,
  showDay,
  yearsUntil,
} from "../date.mjs";

const shifted = (text, count, unit) => {
  const day = shiftDay(parseDay(text), count, unit);
  return day && showDay(day);
};

test("days are those of the calendar", () => {
  for (let day = parseDay("1895-12-25"), n = 0; n < 100_000; n += 1) {
    const { year, month, day: d } = civil(day);
    const shown = showDay(day);
    assert.deepEqual(parseDay(shown), day);
    const expected = new Date(Date.UTC(year, month - 1, d))
      .toISOString()
      .slice(0, 10);
    assert.equal(shown, expected);
    day = shiftDay(day, 1, "days");
  }
  for (const bad of [
    "2024-02-30",
    "2024-4-2",
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "20240422",
    "",
  ])
    assert.equal(parseDay(bad), null);
});

test("months and years clip", () => {
  assert.equal(shifted("2024-02-29", 1, "years"), "2025-02-28");
  assert.equal(shifted("2024-03-31", -1, "months"), "2024-02-29");
  assert.equal(shifted("2024-01-31", 13, "months"), "2025-02-28");
  assert.equal(shifted("9999-12-31", 1, "years"), null);
  assert.equal(shifted("9999-12-31", 1, "days"), null);
  assert.equal(shifted("2024-03-01", -2, "weeks"), "2024-02-16");
});

test("the time between two days is what can be added", () => {
  const between = (until, from, to) => until(parseDay(from), parseDay(to));
  assert.equal(between(yearsUntil, "2012-02-29", "2030-02-27"), 17);
  assert.equal(between(yearsUntil, "2012-02-29", "2030-02-28"), 18);
  assert.equal(between(yearsUntil, "2030-02-27", "2012-02-29"), -17);
  assert.equal(between(monthsUntil, "2031-01-31", "2031-02-28"), 1);
  assert.equal(between(monthsUntil, "2031-02-28", "2031-03-27"), 0);
  assert.equal(between(daysUntil, "2028-03-01", "2028-02-28"), -2);
});

test("what is read off one day", () => {
  const figure = (part, text) => partOfDay(parseDay(text), part);
  const day = (part, text) => {
    const found = partOfDay(parseDay(text), part);
    return found && showDay(found);
  };
  assert.equal(figure("year", "2028-02-29"), 2028);
  assert.equal(figure("month", "2028-02-29"), 2);
  assert.equal(figure("day_of_month", "2028-02-29"), 29);
  assert.equal(figure("day_of_week", "2028-02-29"), 2);
  assert.equal(figure("day_of_week", "0000-01-01"), 6);
  assert.equal(figure("day_of_week", "2030-12-30"), 1);
  assert.equal(day("start_of_week", "2031-01-01"), "2030-12-30");
  assert.equal(day("start_of_month", "2028-02-29"), "2028-02-01");
  assert.equal(day("start_of_quarter", "2028-06-30"), "2028-04-01");
  assert.equal(day("start_of_year", "2028-02-29"), "2028-01-01");
  assert.equal(day("end_of_week", "2031-12-31"), "2032-01-04");
  assert.equal(day("end_of_month", "2100-02-01"), "2100-02-28");
  assert.equal(day("end_of_quarter", "2028-10-01"), "2028-12-31");
  assert.equal(day("end_of_year", "9999-12-31"), "9999-12-31");
  assert.equal(day("end_of_week", "9999-12-31"), null);
});

test("moments are RFC 3339 and nothing else", () => {
  const seconds = (text) => parseMoment(text)?.seconds ?? null;
  assert.equal(seconds("2024-04-22T16:00:00Z"), 1713801600);
  assert.equal(seconds("2024-04-23T00:00:00+08:00"), 1713801600);
  assert.equal(seconds("1969-12-31T23:59:59.5Z"), -1);
  assert.equal(seconds("2016-12-31T23:59:60Z"), null);
  assert.equal(seconds("9999-12-30T22:00:00Z"), 253402207200);
  for (const bad of [
    "2024-04-22T10:00:00",
    "2024-04-22 10:00:00Z",
    "2024-04-22T10:00Z",
    "2024-04-22T10:00:00+0800",
    "2024-04-22T10:00:00,5Z",
    "2024-04-22T24:00:00Z",
    "2024-02-30T10:00:00Z",
    "9999-12-30T22:00:01Z",
  ]) {
    assert.equal(seconds(bad), null, bad);
  }
});

test("local days follow the zone's changes", () => {
  const shanghai = new Zone("Asia/Shanghai", [
    [-62167219200, 29143],
    [-2177481943, 28800],
  ]);
  const start = shanghai.startOf(parseDay("2024-04-23"));
  assert.equal(start.seconds, 1713801600);
  assert.equal(
    showDay(shanghai.dayOf(new Moment(start.seconds - 1))),
    "2024-04-22",
  );
  // A clock that jumps from 24:00 to 01:00: the day starts with the jump.
  const jumping = new Zone("x", [
    [-62167219200, 0],
    [86400, 3600],
  ]);
  assert.equal(jumping.startOf(parseDay("1970-01-02")).seconds, 86400);
  // A clock that is set back over midnight: the first of the two midnights.
  const back = new Zone("x", [
    [-62167219200, 3600],
    [84600, 0],
  ]);
  assert.equal(back.startOf(parseDay("1970-01-02")).seconds, 82800);
});
