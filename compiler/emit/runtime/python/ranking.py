"""Where candidates stand: between the best and the worst that the unknown allows.

In: candidates. Out: how many stand ahead of one, at least and at most, and what they
add up to.
Always: what is unknown of one candidate is taken to be apart from what is unknown of
another; a sum that nothing holds is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import (
    TYPE_CHECKING,
    NamedTuple,
    Optional,
)

from .date import Day, Moment
from .number import Number, add, is_number, subtract
from .truth import Truth
from .value import Need, Unknown, Value
from .vocabulary import ValueType

if TYPE_CHECKING:
    from .definition import Criterion
    from .prepared import Prepared

Sum = Optional[Number]
"""What something adds up to at most; None where nothing holds it."""


class Level(NamedTuple):
    """How good a value is: the greater the better."""

    end: int
    """Below zero before all numbers, above zero after them."""
    number: Number = 0


LOWEST = Level(-1)
HIGHEST = Level(1)

Levels = tuple[Level, ...]
"""One a criterion, the weightiest first."""


class TypedValue(NamedTuple):
    """A value, and how it is shown."""

    value: Value
    type: ValueType


class Candidate(NamedTuple):
    """A case that may be selected."""

    at: int
    """Its position in the batch."""
    belongs: Truth
    """Whether it is a candidate."""
    best: Levels
    worst: Levels
    """Its levels at best and at worst."""
    values: Sequence[TypedValue]
    """What the order compares."""
    least: Number
    most: Sum
    """What it adds to a sum, at least and at most."""
    left: bool
    """Whether it left."""
    needs: Sequence[Need]
    """What its place awaits."""

    @property
    def is_sure(self) -> bool:
        """Whether its place depends on nothing unknown of its own."""
        same = self.best == self.worst and self.least == self.most
        return self.belongs is True and same


def levels_of(
    prepared: Prepared, criterion: Criterion, type: ValueType, value: Value
) -> tuple[Level, Level]:
    """The best and the worst that a value of a criterion can be."""
    ends = _low_and_high(prepared, type, value)
    # What has no value stands last.
    if ends is None:
        return LOWEST, LOWEST
    low, high = ends
    return (high, low) if criterion.highest else (_turned(low), _turned(high))


def _turned(level: Level) -> Level:
    return Level(-level.end, -level.number)


def _low_and_high(
    prepared: Prepared, type: ValueType, value: Value
) -> tuple[Level, Level] | None:
    if isinstance(value, Unknown):
        return _open_levels(prepared, type, value)
    number = _number_of(prepared, type, value)
    return None if number is None else (Level(0, number), Level(0, number))


def _number_of(prepared: Prepared, type: ValueType, value: Value) -> Number | None:
    if is_number(value):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Day):
        return value.number
    if isinstance(value, Moment):
        return value.seconds
    if type.kind == "one_of" and isinstance(value, str):
        return prepared.lists[type.list].level(value)
    return None


def _open_levels(
    prepared: Prepared, type: ValueType, value: Unknown
) -> tuple[Level, Level]:
    if type.kind == "bool":
        return Level(0, 0), Level(0, 1)
    if type.kind == "one_of":
        closed = prepared.lists[type.list]
        levels = [closed.level(key) for key in closed.index]
        return Level(0, min(levels)), Level(0, max(levels))
    low = LOWEST if value.low is None else Level(0, value.low)
    high = HIGHEST if value.high is None else Level(0, value.high)
    return low, high


def plus(a: Sum, b: Sum) -> Sum:
    """a + b"""
    return None if a is None or b is None else add(a, b)


def _minus(a: Sum, b: Sum) -> Sum:
    return None if a is None or b is None else subtract(a, b)


def is_within(total: Sum, limit: Number) -> bool:
    """Whether a sum is not more than a limit."""
    return total is not None and total <= limit


class Ahead(NamedTuple):
    """How many stand ahead of a candidate, each at least and at most."""

    before: tuple[int, int]
    level: tuple[int, int]
    """With it and all that stand level with it."""


class AheadSum(NamedTuple):
    """What those ahead of a candidate add up to, each at least and at most."""

    first: tuple[Sum, Sum]
    """With the first of those level with it."""
    level: tuple[Sum, Sum]
    """With it and all that stand level with it."""


class _Side:
    """What stands at the places of one ranking."""

    def __init__(self, count: int, standing: Iterable[tuple[int, Sum]]) -> None:
        counts = [0] * count
        sums: list[Sum] = [0] * count
        for place, adds in standing:
            counts[place] += 1
            sums[place] = plus(sums[place], adds)
        self.before = list(accumulate(counts, initial=0))
        """How many stand before each place, and before the end."""
        self.sums: list[Sum] = [0]
        """What they add up to."""
        for adds in sums:
            self.sums.append(plus(self.sums[-1], adds))


class Ranking:
    """Candidates in order.

    Places are numbered from the first; level ones have the same number.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        best = [one.best for one in candidates]
        worst = [one.worst for one in candidates]
        levels = sorted({*best, *worst}, reverse=True)
        place = {level: i for i, level in enumerate(levels)}
        self.count = len(levels)
        self.best = [place[one] for one in best]
        """The number of each candidate's best place."""
        self.worst = [place[one] for one in worst]
        """That of its worst."""
        most = [one.most for one in candidates]
        self._possible = _Side(len(levels), zip(self.best, most))
        """All that may be candidates, each at its best place, with the most it adds."""
        sure = [
            (at, one.least)
            for at, one in zip(self.worst, candidates)
            if one.belongs is True
        ]
        self._sure = _Side(len(levels), sure)
        """Those that surely are, each at its worst place, with the least."""
        self._least: dict[int, Number] = {}
        """The least that one of those adds, by place."""
        for at, least in sure:
            self._least[at] = min(least, self._least.get(at, least))
        self._loose = min(
            (one.least for one in candidates if not one.is_sure), default=None
        )
        """The least that anyone adds whose place is not sure; None: nobody's."""

    def order(self) -> list[int]:
        """The candidates' positions, best first; level ones in the order given."""
        every = range(len(self.candidates))
        return sorted(every, key=lambda at: (self.best[at], self.worst[at]))

    def as_good(self, one: int, other: int) -> bool:
        """Whether two can take the same best place."""
        return self.best[one] == self.best[other]

    def parted_by(self, one: int, other: int) -> int | None:
        """The first criterion by which two differ at their best."""
        pairs = zip(self.candidates[one].best, self.candidates[other].best)
        return next((i for i, (own, there) in enumerate(pairs) if own != there), None)

    def _is_open(self, at: int) -> bool:
        """Whether a candidate's own best place is before its worst."""
        return self.best[at] < self.worst[at]

    def _is_left_out(self, at: int) -> bool:
        """Whether it is not counted at the worst place of those it is with at best."""
        return self.candidates[at].belongs is not True or self._is_open(at)

    def ahead(self, at: int) -> Ahead:
        """How many stand ahead of a candidate."""
        best, worst = self.best[at], self.worst[at]
        sure, possible = self._sure.before, self._possible.before
        return Ahead(
            before=(sure[best], possible[worst] - self._is_open(at)),
            level=(sure[best + 1] + self._is_left_out(at), possible[worst + 1]),
        )

    def ahead_sum(self, at: int) -> AheadSum:
        """What those ahead of a candidate add up to."""
        best, worst = self.best[at], self.worst[at]
        sure, possible = self._sure.sums, self._possible.sums
        own = self.candidates[at]
        before, together = possible[worst], sure[best + 1]
        if self._is_open(at):
            before = _minus(before, own.most)
        if self._is_left_out(at):
            together = plus(together, own.least)
        least, most = self.least_level(at)
        return AheadSum(
            first=(plus(sure[best], least), plus(before, most)),
            level=(together, possible[worst + 1]),
        )

    def least_level(self, at: int) -> tuple[Number, Sum]:
        """The least that one of a group of equals adds, at least and at most."""
        own = self.candidates[at]
        level = self._least.get(self.best[at], own.least)
        if self._loose is None:
            return level, level
        # One whose own place is open may stand level with anybody.
        others = self._least.values() if self._is_open(at) else (level,)
        return min(own.least, self._loose, *others), own.most
