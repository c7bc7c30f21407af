"""What an indicator amounts to in a window of time.

And how it stands to a milestone's bound.
In: the reports of one body (of `for all`: of all bodies), the day looked at, the
settings of readings. Out: values, truths.
Always: a ratio is compared by cross-multiplication, so that a numerator known by its
ends only still decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .aggregate import Counted, aggregate
from .date import Day, civil
from .definition import Bound, Indicator, Targets
from .expression import value_of
from .group import Group
from .interval import compare_numbers, within
from .number import Number, divide, is_number, multiply, subtract
from .scope import Note, in_relation
from .target_lines import One, TargetReport
from .target_period import (
    FIRST_YEAR,
    Window,
    begin_of,
    end_of,
    lies_in,
    year_of,
)
from .truth import Truth
from .value import Data, Unknown, Value, all_needs, bounds_of, silent

if TYPE_CHECKING:
    from .prepared import Prepared
    from .readings import Settings

_RELATION = {
    "at most": "atMost",
    "less": "less",
    "at least": "atLeast",
    "between": "atLeast",
    "more": "more",
    "equal": "equal",
}

Ratio = tuple[Value, Value]
"""A numerator and a denominator."""


class Measured(NamedTuple):
    """What an indicator amounts to; of a ratio its numerator and denominator too."""

    value: Value
    ratio: Ratio | None = None


class Body:
    """The reports of one body on one block."""

    def __init__(
        self,
        prepared: Prepared,
        block: Targets,
        reports: Sequence[TargetReport],
        start: Day | None,
        on: Day | None,
        settings: Settings,
    ) -> None:
        self.prepared = prepared
        self.block = block
        self.reports = reports
        """In the order given."""
        self.start = start
        self.on = on
        self.settings = settings

    def under(self, settings: Settings) -> Body:
        """The same under other settings of readings."""
        return Body(
            self.prepared, self.block, self.reports, self.start, self.on, settings
        )

    def within(self, window: Window | None) -> list[TargetReport]:
        """Reports within a window that can be known on the day looked at.

        The latest last; what has no day comes first.
        """
        found = []
        for at, report in enumerate(self.reports):
            start = report.start or self.start
            begins = begin_of(report.period, start)
            if self.on is not None and begins is not None:
                if begins.number > self.on.number:
                    continue
            if lies_in(report.period, window, start):
                ends = end_of(report.period, start)
                day = (0, 0) if ends is None else (1, ends.number)
                found.append((day, at, report))
        found.sort(key=lambda one: one[:2])
        return [report for _, _, report in found]

    def years(self) -> list[int]:
        """The years that reports speak of, ascending."""
        return sorted({year_of(report.period) for report in self.within(None)})

    def sources(
        self, indicator: Indicator, window: Window | None
    ) -> list[TargetReport]:
        """The reports of a window that say something on an indicator."""
        return [
            report
            for report in self.within(window)
            if any(report.entries[slot] is not None for slot in indicator.reads)
        ]

    def _input(self, slot: int, window: Window | None, key: int | None) -> Value:
        """The latest value of one input in a window."""
        declared = self.block.inputs[slot]
        data: Data = None
        for report in self.within(window):
            entry = report.entries[slot]
            if isinstance(entry, One):
                data = entry.data
            elif entry is not None and key is not None and entry[key] is not None:
                data = entry[key]
        source = "judgement" if declared.place == "judgements" else "other"
        return value_of(data, declared.key, source, False, declared.type.bounds)

    def scope(self) -> Group:
        """Where limits and formulas stand."""
        return Group(self.prepared, self.settings)

    def measure(
        self,
        indicator: Indicator,
        window: Window | None,
        key: int | None,
        notes: list[Note],
    ) -> Measured:
        """What an indicator amounts to in a window; data notes are added."""
        inputs = [self._input(slot, window, key) for slot in indicator.reads]
        formula = indicator.formula
        if formula is None:
            return Measured(inputs[0] if inputs else None)
        scope = self.scope()
        scope.keys.append(inputs)
        scope.subject = indicator
        value = formula.value(scope)
        ratio: Ratio | None = None
        if formula.part is not None and formula.base is not None:
            ratio = formula.part(scope), formula.base(scope)
            value = _between(value, *ratio)
        for note in scope.notes:
            if all(there.rule != note.rule for there in notes):
                notes.append(note)
        return Measured(value, ratio)

    def total(
        self,
        indicator: Indicator,
        until: int | None,
        key: int | None,
        notes: list[Note],
    ) -> Measured:
        """The sum over years.

        What no year between the first and the last says stays open.
        """
        years = self.years()
        if not years:
            return self.measure(indicator, None, key, notes)
        first, last = years[0], years[-1] if until is None else until
        if self.start is not None and first >= FIRST_YEAR:
            first = min(civil(self.start).year, first)
        if first > last:
            return self.measure(indicator, Window(of=last), key, notes)
        members = [
            Counted(True, self.measure(indicator, Window(of=year), key, notes).value)
            for year in range(first, last + 1)
        ]
        return Measured(aggregate("sum", members))

    def holds(self, bound: Bound, measured: Measured) -> Truth:
        """Whether a bound holds.

        Above a range is more than asked for, and holds.
        """
        limit = bound.limit(self.scope())
        if bound.kind != "about":
            return _compared(_RELATION[bound.kind], measured, limit)
        band = self.scope().band()
        return silent() if band is None else within(measured.value, limit, band)


def _compared(relation: str, measured: Measured, limit: Value) -> Truth:
    value, ratio = measured
    if ratio is not None:
        part, base = ratio
        # a ÷ b against c is a against b × c, as long as b is above nothing.
        if is_number(base) and base > 0 and is_number(limit):
            return compare_numbers(relation, part, multiply(base, limit))
        if isinstance(value, Unknown):
            return Unknown(all_needs((part, base, limit)))
    if isinstance(value, Day) and isinstance(limit, Day):
        return in_relation(relation, value.number - limit.number)
    if isinstance(value, bool) and isinstance(limit, bool):
        return (value is limit) == (relation == "equal")
    return compare_numbers(relation, value, limit)


def _between(value: Value, part: Value, base: Value) -> Value:
    """A ratio that is not known, between its ends."""
    if not isinstance(value, Unknown) or not is_number(base) or base <= 0:
        return value
    low, high = bounds_of(part)
    return Unknown(
        value.needs,
        None if low is None else divide(low, base),
        None if high is None else divide(high, base),
    )


def known_ratio(measured: Measured) -> tuple[Number, Number] | None:
    """Numerator and denominator, where both are known; else None."""
    if measured.ratio is None:
        return None
    part, base = measured.ratio
    return (part, base) if is_number(part) and is_number(base) else None


def gap_to(bound: Bound | None, value: Value, limit: Value) -> Number | None:
    """How far a known value is from its bound; nothing once it is reached.

    None where one is not known.
    """
    if bound is None or not is_number(value) or not is_number(limit):
        return None
    upper = bound.kind in ("at most", "less")
    return max(subtract(value, limit) if upper else subtract(limit, value), 0)
