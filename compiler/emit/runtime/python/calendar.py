"""Working days: the so-many-th working day before or after a day.

In: the years of a calendar, and the days on which they depart from their weeks.
Out: days.
Always: beyond the calendar's years nothing is known, and the calendar is what is
awaited.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .date import Day, make_day, parse_day, shift_day
from .value import Duration, Unknown, awaited

if TYPE_CHECKING:
    from .prepared import Prepared
    from .vocabulary import Calendar


def _numbers(days: Sequence[str]) -> set[int]:
    parsed = (parse_day(text) for text in days)
    return {day.number for day in parsed if day is not None}


def _is_weekend(number: int) -> bool:
    """Whether a day is a Saturday or a Sunday; 1970-01-01 was a Thursday."""
    return (number + 3) % 7 >= 5


class WorkingDays:
    """The working days of some years."""

    def __init__(self, calendar: Calendar) -> None:
        first, last = make_day(calendar.first, 1, 1), make_day(calendar.last, 12, 31)
        self.key = calendar.key
        self._days = range(
            0 if first is None else first.number, 0 if last is None else last.number + 1
        )
        off, worked = _numbers(calendar.off), _numbers(calendar.worked)
        self._worked = [
            day
            for day in self._days
            if (day in worked if _is_weekend(day) else day not in off)
        ]

    def plus(self, day: Day, count: int) -> Day | None:
        """The so-many-th working day after a day, or before it.

        None if a day that is counted lies outside.
        """
        if count == 0:
            return day
        # The first day that is counted.
        start = day.number + (1 if count > 0 else -1)
        if start not in self._days:
            return None
        if count > 0:
            at = bisect_left(self._worked, start) + count - 1
        else:
            at = bisect_left(self._worked, day.number) + count
        return Day(self._worked[at]) if 0 <= at < len(self._worked) else None


def later(prepared: Prepared, day: Day, by: Duration) -> Day | None:
    """The day so much later, or earlier.

    None beyond the year 9999 and beyond the calendar.
    """
    if by.unit != "working_days":
        return shift_day(day, by.count, by.unit)
    calendar = prepared.working_days
    return None if calendar is None else calendar.plus(day, by.count)


def last_day(prepared: Prepared, since: Day, length: Duration) -> Day | None:
    """The last day of what begins on a day and takes so long, both included."""
    if length.unit == "working_days":
        before = shift_day(since, -1, "days")
        return None if before is None else later(prepared, before, length)
    free = later(prepared, since, length)
    return None if free is None else shift_day(free, -1, "days")


def out_of_reach(prepared: Prepared, by: Duration) -> Unknown:
    """Unknown, since a day so much later can't be counted."""
    calendar = prepared.working_days
    if by.unit != "working_days" or calendar is None:
        return Unknown()
    return awaited(calendar.key, "other")
