"""A budget that passes over.

Whoever does not fit in what is left is left out, and the next who fits is taken.

In: a ranking, the limit of the sum, how equals are parted. Out: where each stands.
Always: one is in if even the most that all can take who may stand ahead leaves room,
out if the least that those surely ahead take leaves none. Of a group that is parted at
least one is taken, and at most all that was left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Optional

from .number import Number, add, subtract
from .ranking import Ranking, Sum

Bounds = tuple[Optional[Number], Optional[Number]]
"""Where a number lies, as (low, high); None: an open end."""

Side = Literal["in", "out", "parted", "open"]
"""Where one stands towards a cut; "parted": in a group of equals that it parts."""

Parted = Callable[[tuple[Sum, Sum], tuple[Sum, Sum], Bounds], Side]


def _room(limit: Number) -> Number:
    """What a limit leaves at first: nothing, where it is below nothing."""
    return max(limit, 0)


def _capped(total: Number, limit: Number | None) -> Number:
    """What is left is never less than nothing.

    Even where equals together took more than there was.
    """
    return total if limit is None else min(total, _room(limit))


@dataclass
class _Place:
    """Who stands at one place."""

    best: list[int] = field(default_factory=list)
    worst: list[int] = field(default_factory=list)
    """At best, and at worst."""
    sure: int = 0
    """How many there are of whom nothing is unknown."""
    least: Number | None = None
    """The least that one of those adds."""
    all: Number = 0
    """The least that all add who are surely here."""


class Passing:
    """One group being cut, from place to place."""

    def __init__(self, ranking: Ranking, limit: Bounds, parted: Parted) -> None:
        self._ranking = ranking
        self._limit = limit
        self._parted = parted
        low, _ = limit
        self._too_much = add(0 if low is None else _room(low), 1)
        self._places = self._standing()
        self._possible: list[tuple[Number, int]] = [(0, 0)]
        """The most that those add whose best place is before each, and their count."""
        for place in self._places:
            total, count = self._possible[-1]
            for of in place.best:
                total = add(total, self._most(of))
            self._possible.append((total, count + len(place.best)))
        self._least: Number = 0
        self._most_taken: Number = 0
        """What those take who surely stand ahead of a place."""
        self._asked: Number = 0
        """The most that they add, taken or not."""
        self._count = 0
        self.sides: list[Side] = ["open"] * len(ranking.candidates)
        """Where each candidate stands."""
        for at, place in enumerate(self._places):
            for of in place.best:
                self.sides[of] = self._side(place, at, of)
            self._pass(place, at)

    def _standing(self) -> list[_Place]:
        ranking = self._ranking
        places = [_Place() for _ in range(ranking.count)]
        for of, one in enumerate(ranking.candidates):
            best, worst = ranking.best[of], ranking.worst[of]
            place = places[best]
            place.best.append(of)
            places[worst].worst.append(of)
            if best < worst or one.belongs is not True:
                continue
            place.all = add(place.all, one.least)
            if one.is_sure:
                place.sure += 1
                known = one.least if place.least is None else place.least
                place.least = min(known, one.least)
        return places

    def _most(self, of: int) -> Number:
        """The most that one adds; more than the limit is as much as without end."""
        most = self._ranking.candidates[of].most
        return self._too_much if most is None else min(most, self._too_much)

    def _firm(self, place: _Place, at: int) -> Number | None:
        """The least that one at a place adds, if all who may be there are sure."""
        _, count = self._possible[at + 1]
        return place.least if count - self._count == place.sure else None

    def _asked_before(self, place: int) -> Number:
        total, _ = self._possible[place]
        return subtract(total, self._asked)

    def _side(self, place: _Place, at: int, of: int) -> Side:
        """One whose best place this is."""
        one = self._ranking.candidates[of]
        last = self._ranking.worst[of]
        is_open = last > at
        before = self._asked_before(last)
        if is_open:
            before = subtract(before, self._most(of))
        ahead = _capped(add(self._most_taken, before), self._limit[0])
        firm = self._firm(place, at)
        least, most = self._ranking.least_level(of)[0], self._most(of)
        if firm is not None:
            least = most = firm
        together: Number = 0 if is_open else place.all
        if is_open or one.belongs is not True:
            together = add(together, one.least)
        whole = add(self._most_taken, self._asked_before(last + 1))
        return self._parted(
            (add(self._least, least), add(ahead, most)),
            (add(self._least, together), whole),
            self._limit,
        )

    def _pass(self, place: _Place, at: int) -> None:
        """Goes on below a place."""
        firm = self._firm(place, at)
        parted: list[Number] = []
        for of in place.worst:
            side, most = self.sides[of], self._most(of)
            one = self._ranking.candidates[of]
            self._asked = add(self._asked, most)
            self._count += 1
            if side == "out":
                continue
            self._most_taken = add(self._most_taken, most)
            if side == "in" and one.belongs is True:
                self._least = add(self._least, one.least)
            if side == "parted":
                least, _ = self._ranking.least_level(of)
                parted.append(least if firm is None else firm)
        low, high = self._limit
        self._least = _capped(add(self._least, min(parted, default=0)), high)
        self._most_taken = _capped(self._most_taken, low)
