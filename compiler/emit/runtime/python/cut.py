"""Who is taken of one group.

In: candidates, the limit, what becomes of equals. Out: how each candidate fares: who is
selected, who waits, who moves up.
Always: one is in or out only if it is so whatever the unknown turns out to be; whole
groups of equals are taken while they fit; nobody is picked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import (
    TYPE_CHECKING,
    NamedTuple,
)

from .number import Number, add, round_number, subtract
from .passing import Bounds, Passing, Side
from .ranking import Ahead, Candidate, Ranking, Sum, is_within
from .value import Need, Unknown, merge_needs, silent

if TYPE_CHECKING:
    from .definition import Tie


class Limit(NamedTuple):
    """How many are taken, worked out for one group."""

    kind: str
    """As of a Take."""
    bounds: Bounds = (None, None)
    least: Bounds | None = None
    """Of "nearest": the sum there must be."""


class Fares(NamedTuple):
    """How a candidate fares."""

    result: str
    position: int | None = None
    """Of one who waits."""
    by: str | None = None
    """Who parts equals."""
    needs: tuple[Need, ...] | None = None
    """What an open place awaits."""


SELECTED = Fares("selected")
NOT_SELECTED = Fares("not selected")


def unknown(needs: Sequence[Need]) -> Fares:
    """A place that is open."""
    return Fares("unknown", needs=tuple(needs))


def _exactly(bounds: Bounds) -> Number | None:
    """The number, where both its ends are the same."""
    low, high = bounds
    return low if low == high else None


class _End(NamedTuple):
    """An end of a group of equals: what is added up to there, and how many."""

    sum: Number
    taken: int


def _distance(a: Number, b: Number) -> Number:
    return subtract(max(a, b), min(a, b))


def _nearest_end(ends: Iterable[_End], target: Number) -> _End | None:
    """The end whose sum is nearest; None where two are as near, or there is none."""
    distances: dict[Number, list[_End]] = {}
    for end in ends:
        distances.setdefault(_distance(end.sum, target), []).append(end)
    near = distances[min(distances)] if distances else []
    return near[0] if len(near) == 1 else None


class Cut:
    """One group being cut."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        limit: Limit,
        needs: Sequence[Need],
        tied: Tie | None,
    ) -> None:
        self.candidates = candidates
        self.ranking = Ranking(candidates)
        # Along such a list a sum goes up and down.
        if limit.kind in {"while", "passing"} and any(c.least < 0 for c in candidates):
            limit = Limit(limit.kind)
        self._limit = limit
        self._needs = needs
        """What the limit awaits."""
        self._tied = tied
        if limit.kind == "nearest":
            self.fares = self._nearest()
        else:
            self.fares = list(map(self._one, candidates, self._sides()))
        """How each candidate fares, in their order."""

    def _sides(self) -> Sequence[Side]:
        if self._limit.kind == "passing":
            return Passing(self.ranking, self._limit.bounds, self._parted).sides
        return [self._side(at) for at in range(len(self.candidates))]

    def _one(self, candidate: Candidate, side: Side) -> Fares:
        if candidate.belongs is False or side == "out":
            return NOT_SELECTED
        if candidate.belongs is True and side == "in":
            return SELECTED
        if candidate.belongs is True and side == "parted":
            return self._parted_fares()
        return unknown(self._awaited)

    def _parted_fares(self) -> Fares:
        """Equals that somebody has to part, or on whom the notice is silent."""
        if self._tied is not None and self._tied.kind == "judged":
            return Fares("tied", by=self._tied.by)
        return unknown(silent().needs)

    @cached_property
    def _awaited(self) -> Sequence[Need]:
        """All that is unknown of the candidates, and of the limit."""
        needs = self._needs
        for one in self.candidates:
            needs = merge_needs(needs, one.needs)
            if isinstance(one.belongs, Unknown):
                needs = merge_needs(needs, one.belongs.needs)
        return needs

    def _side(self, at: int) -> Side:
        if self._limit.kind == "all":
            return "in"
        if self._limit.kind == "number":
            (least, most), level = self.ranking.ahead(at)
            return self._parted((least + 1, most + 1), level, self._limit.bounds)
        first, whole = self.ranking.ahead_sum(at)
        return self._parted(first, whole, self._limit.bounds)

    def _parted(
        self, first: tuple[Sum, Sum], whole: tuple[Sum, Sum], limit: Bounds
    ) -> Side:
        """Where equals stand: `first` with the first of them, `whole` with them all."""
        low, high = limit

        def fits(most: Sum) -> bool:
            return low is not None and is_within(most, low)

        def breaks(least: Sum) -> bool:
            return high is not None and not is_within(least, high)

        kind = None if self._tied is None else self._tied.kind
        if kind == "admit all":
            return "in" if fits(first[1]) else "out" if breaks(first[0]) else "open"
        if fits(whole[1]):
            return "in"
        if kind == "admit none":
            return "out" if breaks(whole[0]) else "open"
        if breaks(first[0]):
            return "out"
        return "parted" if fits(first[1]) and breaks(whole[0]) else "open"

    def _nearest(self) -> list[Fares]:
        """The beginning of the list whose sum is nearest.

        It ends with a group of equals. Two as near, or something unknown: open.
        """
        every = self.candidates
        target = _exactly(self._limit.bounds)
        least = None if self._limit.least is None else _exactly(self._limit.least)
        sure = all(one.belongs is False or one.is_sure for one in every)
        is_known = self._limit.least is None or least is not None
        if target is None or not sure or not is_known:
            return [self._one(one, "open") for one in every]
        order = [at for at in self.ranking.order() if every[at].belongs is True]
        ends = [end for end in self._ends(order) if least is None or end.sum >= least]
        near = _nearest_end(ends, target)
        if near is None:
            parted = unknown(silent().needs)
            return [parted if one.belongs is True else NOT_SELECTED for one in every]
        taken = set(order[: near.taken])
        return [SELECTED if at in taken else NOT_SELECTED for at in range(len(every))]

    def _ends(self, order: Sequence[int]) -> list[_End]:
        """The ends of groups of equals.

        What adds nothing is taken with what stands before it.
        """
        ends = [_End(0, 0)]
        total: Number = 0
        for count, at in enumerate(order, 1):
            total = add(total, self.candidates[at].least)
            if count < len(order) and self.ranking.as_good(order[count], at):
                continue
            if ends[-1].sum == total:
                ends.pop()
            ends.append(_End(total, count))
        return ends

    def rank(self, at: int) -> tuple[int, int] | None:
        """The rank of a candidate, where it is sure.

        And how many stand level with it, itself included, at least.
        """
        (least, most), level = self.ranking.ahead(at)
        if least != most or self.candidates[at].belongs is not True:
            return None
        return least + 1, max(level[0] - most, 0)

    def _selected(self) -> tuple[int, int]:
        """How many are selected, at least and at most."""
        results = [fares.result for fares in self.fares]
        parted, open_ = results.count("tied"), results.count("unknown")
        places = self._places()
        # Of a group that somebody parts as many are taken as there are places.
        if places is not None and parted and not open_:
            return places, places
        least = results.count("selected")
        return least, least + parted + open_

    def _places(self) -> int | None:
        """How many places there are, where a number limits and is known."""
        exact = _exactly(self._limit.bounds) if self._limit.kind == "number" else None
        if exact is None:
            return None
        places = int(round_number(exact, "down", 0))
        return places if places >= 0 else None

    def place(self, given: Mapping[int, str | None]) -> None:
        """Whoever got none of the places by wish is not selected.

        Where that is open, so is this.
        """
        for at, place in given.items():
            if place is None:
                self.fares[at] = unknown(self._awaited or silent().needs)
            elif not place:
                self.fares[at] = NOT_SELECTED

    def wait(self, limit: Bounds) -> None:
        """Puts those in line who come next."""
        passed = self._passed_over() if self._limit.kind == "passing" else None
        least, most = self._selected() if passed is None else (0, 0)
        out = [
            at
            for at, one in enumerate(self.candidates)
            if self.fares[at] == NOT_SELECTED and one.belongs is not False
        ]
        for at in out:
            ahead = self.ranking.ahead(at) if passed is None else passed[at]
            before, level = ahead
            first = (max(before[0] - most, 0) + 1, max(before[1] - least, 0) + 1)
            # Whoever is selected stands ahead, so that the candidate itself is at least
            # one more.
            last = (max(level[0] - most, 1), max(level[1] - least, 1))
            sure = self.candidates[at].belongs is True
            side = self._parted(first, last, limit)
            if side == "out":
                continue
            if side == "in" and sure and first[0] == first[1]:
                self.fares[at] = Fares("waiting", position=first[0])
            elif side == "parted" and sure:
                self.fares[at] = self._parted_fares()
            else:
                self.fares[at] = unknown(self._awaited)

    def _passed_over(self) -> dict[int, Ahead]:
        """How many who are not selected stand ahead of each.

        Those selected may stand behind.
        """
        rest = [at for at, fares in enumerate(self.fares) if fares != SELECTED]
        left = []
        for at in rest:
            one = self.candidates[at]
            if self.fares[at] != NOT_SELECTED:
                one = one._replace(belongs=silent())
            left.append(one)
        ranking = Ranking(left)
        return {at: ranking.ahead(i) for i, at in enumerate(rest)}

    def refill(self, refills: bool) -> tuple[set[int], int | None]:
        """Fills the places of those who left, if they are still filled.

        Gives who moved up, and how many places stay vacant.
        """
        least, most = self._selected()
        places = self._places() if least == most else None
        freed = sum(
            one.left and fares == SELECTED
            for one, fares in zip(self.candidates, self.fares)
        )
        moved: set[int] = set()
        if freed and refills and least == most:
            moved = self._move_up(freed)
        for at, one in enumerate(self.candidates):
            if one.left and self.fares[at].result == "waiting":
                self.fares[at] = NOT_SELECTED
        if places is None:
            return moved, None
        return moved, max(places - least, 0) + freed - len(moved)

    def _move_up(self, freed: int) -> set[int]:
        line = [
            (fares.position, at)
            for at, fares in enumerate(self.fares)
            if fares.position is not None and not self.candidates[at].left
        ]
        positions = sorted(position for position, _ in line)
        kind = None if self._tied is None else self._tied.kind
        moved = set()
        for position, at in line:
            ahead = bisect_left(positions, position)
            level = bisect_right(positions, position)
            fits = ahead < freed
            if level <= freed or (fits and kind == "admit all"):
                moved.add(at)
                self.fares[at] = SELECTED
            elif not fits:
                self.fares[at] = Fares("waiting", position=ahead - freed + 1)
            elif kind == "admit none":
                self.fares[at] = Fares("waiting", position=1)
            else:
                self.fares[at] = self._parted_fares()
        return moved
