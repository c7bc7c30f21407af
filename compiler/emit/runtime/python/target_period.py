"""Of which time a report on targets speaks, and which reports decide a milestone.

Always: a milestone is decided by reports of its last year.
"""

from __future__ import annotations

from typing import NamedTuple

from .date import Day, civil, make_day, shift_day, show_day
from .definition import Milestone

FIRST_YEAR = 1000
"""The least calendar year; smaller numbers are years of a block."""


class Period(NamedTuple):
    """A year of the calendar, a year of the block, or a day."""

    year: int | None = None
    nth: int | None = None
    day: Day | None = None


class Window(NamedTuple):
    """The year up to a day, or a year; everything so far is no window at all."""

    by: Day | None = None
    of: int = 0


def years_after(day: Day | None, years: int) -> Day | None:
    """So many years after a day, if there is one."""
    return None if day is None else shift_day(day, years, "years")


def end_of(period: Period, start: Day | None) -> Day | None:
    """The last day that a period speaks of."""
    if period.year is not None:
        return make_day(period.year, 12, 31)
    return period.day if period.nth is None else years_after(start, period.nth)


def begin_of(period: Period, start: Day | None) -> Day | None:
    """The day at which it can first be known."""
    if period.year is not None:
        return make_day(period.year, 1, 1)
    return period.day if period.nth is None else years_after(start, period.nth - 1)


def year_of(period: Period) -> int:
    """The year it is counted under."""
    if period.year is not None:
        return period.year
    if period.nth is not None:
        return period.nth
    assert period.day is not None, "a period is a year or a day"
    return civil(period.day).year


def _in_year_before(day: Day | None, ends: Day) -> bool:
    """Whether a day lies in the year that ends on another."""
    begins = years_after(ends, -1)
    if day is None or begins is None:
        return False
    return begins.number < day.number <= ends.number


def lies_in(period: Period, window: Window | None, start: Day | None) -> bool:
    """Whether a period falls within a window."""
    if window is None:
        return True
    if window.by is not None:
        if period.year is not None:
            return period.year == civil(window.by).year
        return _in_year_before(end_of(period, start), window.by)
    if window.of >= FIRST_YEAR:
        return year_of(period) == window.of
    if period.nth is not None:
        return period.nth == window.of
    ends = years_after(start, window.of)
    return ends is not None and _in_year_before(end_of(period, start), ends)


def label_of_milestone(milestone: Milestone) -> str:
    """What a milestone is called.

    `2020`, `2020-06-30`, `year 1`, `each year`, `total`, `total 2022`.
    """
    if milestone.by is not None:
        year, month, day = civil(milestone.by)
        label = str(year) if (month, day) == (12, 31) else show_day(milestone.by)
        return f"total {label}" if milestone.total else label
    if milestone.year is not None:
        return f"year {milestone.year}"
    return "total" if milestone.total else "each year"
