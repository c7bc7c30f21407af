// Calendar days, durations, moments and the programme's zone, in plain integers.
//
// In: texts such as `2024-04-22` or `2024-04-22T17:00:00+08:00`, and the zone's offset changes as the compiler printed them.
// Out: a day as the number of days since 1970-01-01, a moment as seconds since 1970-01-01T00:00:00Z.
// Always: no clock, nothing of the machine's zone; both kinds are wrapped, so that neither passes for the other.

/** A calendar day. */
export class Day {
  constructor(number) {
    this.number = number;
  }
}

/** A point in time, in whole seconds. */
export class Moment {
  constructor(seconds) {
    this.seconds = seconds;
  }
}

const SECONDS_A_DAY = 86400;
const FIRST_YEAR = -9999;
const LAST_YEAR = 9999;
/** The last second any implementation of ours holds: 9999-12-30T22:00:00Z. */
const LAST_SECOND = 253402207200;

/** The number of a civil day (proleptic Gregorian), after H. Hinnant's days_from_civil. */
function dayNumber(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear =
    Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Year, month and day of a day. */
export function civil(day) {
  const z = day.number + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

const leap = (year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysIn = (year, month) =>
  month === 2
    ? leap(year)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

/** A day of the calendar; null if there is no such day. */
export function makeDay(year, month, day) {
  const exists =
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month);
  return exists ? new Day(dayNumber(year, month, day)) : null;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads exactly `YYYY-MM-DD`; null for any other text or a day that is not. */
export function parseDay(text) {
  const found = DAY.exec(text);
  return found && makeDay(Number(found[1]), Number(found[2]), Number(found[3]));
}

/** `YYYY-MM-DD` */
export function showDay(day) {
  const { year, month, day: d } = civil(day);
  const sign = year < 0 ? "-" : "";
  return `${sign}${pad(Math.abs(year), sign ? 3 : 4)}-${pad(month, 2)}-${pad(d, 2)}`;
}

const pad = (n, width) => String(n).padStart(width, "0");

/** The day after so many days, weeks, months or years; months and years clip to the month's end. null beyond the year 9999. */
export function shiftDay(day, count, unit) {
  const { year, month, day: d } = civil(day);
  if (unit === "days" || unit === "weeks") {
    const moved = new Day(day.number + count * (unit === "weeks" ? 7 : 1));
    const there = civil(moved).year;
    return there >= FIRST_YEAR && there <= LAST_YEAR ? moved : null;
  }
  const months = year * 12 + (month - 1) + count * (unit === "years" ? 12 : 1);
  const [y, m] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  return makeDay(y, m, Math.min(d, daysIn(y, m)));
}

/** How many days another day lies after a day; before it: below zero. */
export const daysUntil = (from, to) => to.number - from.number;

/** How many complete months: the most that, added to the first day, do not lead beyond the second. Back in time, the negative of that. */
export function monthsUntil(from, to) {
  if (to.number < from.number) return 0 - monthsUntil(to, from);
  const [a, b] = [civil(from), civil(to)];
  const months = (b.year - a.year) * 12 + b.month - a.month;
  // The month's last day completes the month, also where it has no day of that number.
  return a.day > b.day && b.day < daysIn(b.year, b.month) ? months - 1 : months;
}

/** How many complete years: twelve months later is a year later, at the month's end too. */
export function yearsUntil(from, to) {
  const months = monthsUntil(from, to);
  return (months - (months % 12)) / 12;
}

const endOfMonth = (year, month) => makeDay(year, month, daysIn(year, month));

/** What is read off one day: a number, or a day; null beyond the calendar. Weeks begin on Monday. */
export function partOfDay(day, part) {
  const { year, month, day: d } = civil(day);
  const weekday = (((day.number + 3) % 7) + 7) % 7;
  const quarter = month - ((month - 1) % 3);
  switch (part) {
    case "year":
      return year;
    case "month":
      return month;
    case "day_of_month":
      return d;
    case "day_of_week":
      return weekday + 1;
    case "start_of_week":
      return shiftDay(day, -weekday, "days");
    case "start_of_month":
      return makeDay(year, month, 1);
    case "start_of_quarter":
      return makeDay(year, quarter, 1);
    case "start_of_year":
      return makeDay(year, 1, 1);
    case "end_of_week":
      return shiftDay(day, 6 - weekday, "days");
    case "end_of_month":
      return endOfMonth(year, month);
    case "end_of_quarter":
      return endOfMonth(year, quarter + 2);
    default:
      return makeDay(year, 12, 31);
  }
}

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** Reads RFC 3339 with an offset, fractions dropped towards the past; null for any other text. */
export function parseMoment(text) {
  const found = MOMENT.exec(text);
  if (!found) return null;
  const day = parseDay(found[1]);
  const [hour, minute, second, offsetHour, offsetMinute] = [
    found[2],
    found[3],
    found[4],
    found[6] ?? 0,
    found[7] ?? 0,
  ].map(Number);
  if (
    day === null ||
    hour > 23 ||
    minute > 59 ||
    second > 59 ||
    offsetHour > 23 ||
    offsetMinute > 59
  )
    return null;
  const offset =
    (found[5] === "-" ? -1 : 1) * (offsetHour * 3600 + offsetMinute * 60);
  const seconds =
    day.number * SECONDS_A_DAY + hour * 3600 + minute * 60 + second - offset;
  return seconds <= LAST_SECOND ? new Moment(seconds) : null;
}

/** A moment as the zone's clocks show it: RFC 3339 with the offset. */
export function showMoment(zone, { seconds }) {
  const offset = zone?.offsetAt(seconds) ?? 0;
  const local = seconds + offset;
  const day = new Day(Math.floor(local / SECONDS_A_DAY));
  const clock = local - day.number * SECONDS_A_DAY;
  const minutes = Math.floor(Math.abs(offset) / 60);
  const parts = [clock / 3600, (clock / 60) % 60, clock % 60];
  const time = parts.map((n) => pad(Math.floor(n), 2)).join(":");
  const sign = offset < 0 ? "-" : "+";
  return `${showDay(day)}T${time}${sign}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

/** A zone, from its offset changes: `[second, seconds east of UTC]`, ascending, the first one far in the past. */
export class Zone {
  constructor(name, changes) {
    this.name = name;
    this.changes = changes;
  }

  /** Seconds east of UTC at a second. */
  offsetAt(at) {
    let [low, high] = [0, this.changes.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.changes[middle][0] <= at) low = middle;
      else high = middle - 1;
    }
    return this.changes[low][1];
  }

  /** The local day of a moment. */
  dayOf({ seconds }) {
    return new Day(
      Math.floor((seconds + this.offsetAt(seconds)) / SECONDS_A_DAY),
    );
  }

  /** The first moment of a local day; null at the end of time. */
  startOf(day) {
    const midnight = day.number * SECONDS_A_DAY;
    for (let i = 0; i < this.changes.length; i += 1) {
      const from = i === 0 ? -Infinity : this.changes[i][0];
      const to =
        i + 1 < this.changes.length ? this.changes[i + 1][0] : Infinity;
      const at = midnight - this.changes[i][1];
      // Before `from`: the clock jumped over midnight, and the day starts with the change.
      if (at < to)
        return Math.max(at, from) <= LAST_SECOND
          ? new Moment(Math.max(at, from))
          : null;
    }
    return null;
  }

  /** The moment of a local clock time: in a fold the earlier, in a gap by the offset before it (RFC 5545). */
  moment(day, hour, minute, second) {
    const local =
      day.number * SECONDS_A_DAY + hour * 3600 + minute * 60 + second;
    for (let i = 0; i < this.changes.length; i += 1) {
      const to =
        i + 1 < this.changes.length ? this.changes[i + 1][0] : Infinity;
      const next = i + 1 < this.changes.length ? this.changes[i + 1][1] : 0;
      const at = local - this.changes[i][1];
      // Beyond `to` but before it by the next offset: the clock jumped over this time.
      if (at < to || local - next < to)
        return at <= LAST_SECOND ? new Moment(at) : null;
    }
    return null;
  }
}
