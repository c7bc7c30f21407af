"""Calendar days, durations, moments and the programme's zone, in plain integers.

In: texts such as `2024-04-22` or `2024-04-22T17:00:00+08:00`, and the zone's offset
changes as the compiler printed them.
Out: a day as the number of days since 1970-01-01, a moment as seconds since
1970-01-01T00:00:00Z.
Always: no clock, nothing of the machine's zone; both kinds are wrapped, so that
neither passes for the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_SECONDS_A_DAY = 86400
_FIRST_YEAR = -9999
_LAST_YEAR = 9999
# The last second any implementation of ours holds: 9999-12-30T22:00:00Z.
_LAST_SECOND = 253402207200


class Day:
    """A calendar day."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


class Moment:
    """A point in time, in whole seconds."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds


class Civil(NamedTuple):
    """Year, month and day of a day."""

    year: int
    month: int
    day: int


def _day_number(year: int, month: int, day: int) -> int:
    """The number of a civil day (proleptic Gregorian).

    After H. Hinnant's days_from_civil.
    """
    y = year - 1 if month <= 2 else year
    era, year_of_era = divmod(y, 400)
    shifted = month - 3 if month > 2 else month + 9
    day_of_year = (153 * shifted + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146097 + day_of_era - 719468


def civil(day: Day) -> Civil:
    """Year, month and day of a day."""
    era, day_of_era = divmod(day.number + 719468, 146097)
    leaps = day_of_era // 1460 - day_of_era // 36524 + day_of_era // 146096
    year_of_era = (day_of_era - leaps) // 365
    before = 365 * year_of_era + year_of_era // 4 - year_of_era // 100
    day_of_year = day_of_era - before
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return Civil(year, month, day_of_year - (153 * shifted + 2) // 5 + 1)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def make_day(year: int, month: int, day: int) -> Day | None:
    """A day of the calendar; None if there is no such day."""
    exists = (
        _FIRST_YEAR <= year <= _LAST_YEAR
        and 1 <= month <= 12
        and 1 <= day <= _days_in(year, month)
    )
    return Day(_day_number(year, month, day)) if exists else None


_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_day(text: str) -> Day | None:
    """Reads exactly `YYYY-MM-DD`; None for any other text or a day that is not."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    return make_day(int(found[1]), int(found[2]), int(found[3]))


def show_day(day: Day) -> str:
    """`YYYY-MM-DD`"""
    year, month, d = civil(day)
    shown = f"{year:04d}" if year >= 0 else f"-{-year:03d}"
    return f"{shown}-{month:02d}-{d:02d}"


def shift_day(day: Day, count: int, unit: str) -> Day | None:
    """The day after so many days, weeks, months or years.

    Months and years clip to the month's end. None beyond the year 9999.
    """
    year, month, d = civil(day)
    if unit in ("days", "weeks"):
        moved = Day(day.number + count * (7 if unit == "weeks" else 1))
        return moved if _FIRST_YEAR <= civil(moved).year <= _LAST_YEAR else None
    months = year * 12 + (month - 1) + count * (12 if unit == "years" else 1)
    y, m = divmod(months, 12)
    return make_day(y, m + 1, min(d, _days_in(y, m + 1)))


def part_of_day(day: Day, part: str) -> int | Day | None:
    """What is read off one day: a number, or a day.

    None beyond the calendar. Weeks begin on Monday.
    """
    year, month, d = civil(day)
    weekday = (day.number + 3) % 7
    quarter = month - (month - 1) % 3
    figures = {
        "year": year,
        "month": month,
        "day_of_month": d,
        "day_of_week": weekday + 1,
    }
    if part in figures:
        return figures[part]
    if part == "start_of_week":
        return shift_day(day, -weekday, "days")
    if part == "end_of_week":
        return shift_day(day, 6 - weekday, "days")
    edge, stretch = part.split("_of_")
    first, last = {
        "month": (month, month),
        "quarter": (quarter, quarter + 2),
        "year": (1, 12),
    }[stretch]
    if edge == "start":
        return make_day(year, first, 1)
    return make_day(year, last, _days_in(year, last))


def days_until(start: Day, end: Day) -> int:
    """How many days another day lies after a day; before it: below zero."""
    return end.number - start.number


def months_until(start: Day, end: Day) -> int:
    """How many complete months another day lies after a day.

    The most that, added to the first day, do not lead beyond the second. Back in time,
    the negative of that.
    """
    if end.number < start.number:
        return -months_until(end, start)
    a, b = civil(start), civil(end)
    months = (b.year - a.year) * 12 + b.month - a.month
    # The month's last day completes the month, also where it has no day of that number.
    short = a.day > b.day and b.day < _days_in(b.year, b.month)
    return months - 1 if short else months


def years_until(start: Day, end: Day) -> int:
    """How many complete years another day lies after a day.

    Twelve months later is a year later, at the month's end too.
    """
    if end.number < start.number:
        return -years_until(end, start)
    return months_until(start, end) // 12


_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.[0-9]{1,9})?(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)


def parse_moment(text: str) -> Moment | None:
    """Reads RFC 3339 with an offset, fractions dropped towards the past.

    None for any other text.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    day = parse_day(found[1])
    hour, minute, second = int(found[2]), int(found[3]), int(found[4])
    offset_hour, offset_minute = int(found[6] or 0), int(found[7] or 0)
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    if offset_hour > 23 or offset_minute > 59:
        return None
    sign = -1 if found[5] == "-" else 1
    offset = sign * (offset_hour * 3600 + offset_minute * 60)
    local = day.number * _SECONDS_A_DAY + hour * 3600 + minute * 60 + second
    return _moment(local - offset)


def _moment(seconds: int) -> Moment | None:
    return Moment(seconds) if seconds <= _LAST_SECOND else None


def show_moment(zone: Zone | None, moment: Moment) -> str:
    """A moment as the zone's clocks show it: RFC 3339 with the offset."""
    offset = 0 if zone is None else zone.offset_at(moment.seconds)
    number, clock = divmod(moment.seconds + offset, _SECONDS_A_DAY)
    hour, rest = divmod(clock, 3600)
    time = f"{hour:02d}:{rest // 60:02d}:{rest % 60:02d}"
    sign = "-" if offset < 0 else "+"
    minutes = abs(offset) // 60
    east = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{show_day(Day(number))}T{time}{east}"


class Zone:
    """A zone, from its offset changes.

    Each is (second, seconds east of UTC), ascending, the first far in the past.
    """

    def __init__(self, name: str, changes: Sequence[tuple[int, int]]) -> None:
        self.name = name
        self._starts = [start for start, _ in changes]
        self._offsets = [offset for _, offset in changes]

    def offset_at(self, at: int) -> int:
        """Seconds east of UTC at a second."""
        return self._offsets[max(bisect_right(self._starts, at) - 1, 0)]

    def day_of(self, moment: Moment) -> Day:
        """The local day of a moment."""
        seconds = moment.seconds
        return Day((seconds + self.offset_at(seconds)) // _SECONDS_A_DAY)

    def start_of(self, day: Day) -> Moment | None:
        """The first moment of a local day; None at the end of time."""
        midnight = day.number * _SECONDS_A_DAY
        for i, offset in enumerate(self._offsets):
            at = midnight - offset
            if i + 1 == len(self._starts) or at < self._starts[i + 1]:
                # Before the change that began this offset, the clock jumped over
                # midnight, and the day starts with the change.
                return _moment(at if i == 0 else max(at, self._starts[i]))
        return None

    def moment(self, day: Day, hour: int, minute: int, second: int) -> Moment | None:
        """The moment of a local clock time.

        In a fold the earlier, in a gap by the offset before it (RFC 5545).
        """
        local = day.number * _SECONDS_A_DAY + hour * 3600 + minute * 60 + second
        for i, offset in enumerate(self._offsets):
            at = local - offset
            if i + 1 == len(self._starts):
                return _moment(at)
            to, following = self._starts[i + 1], self._offsets[i + 1]
            # Beyond the next change but before it by its offset: the clock jumped
            # over this time.
            if at < to or local - following < to:
                return _moment(at)
        return None
