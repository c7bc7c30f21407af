"""Who sent what, in which order: packages, and cases that came without one, by time.

Always: equal times of one sender are one sending; what has no time comes last if it is
a package, first if it is a loose case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .date import Day, Moment
from .definition import Quota
from .keys import GroupName, named_key, place_of
from .read import Time

if TYPE_CHECKING:
    from .stage import StageRun

_FIRST, _AT, _LAST = 0, 1, 2


class Sending:
    """What one sender sent at one time: packages and cases, by position."""

    def __init__(self) -> None:
        self.packages: list[int] = []
        self.cases: list[int] = []


def sendings_of(run: StageRun, sender_quotas: Sequence[Quota]) -> list[Sending]:
    """The sendings at a stage in turn."""
    turns: dict[tuple[int, int, str], Sending] = {}
    packed = set()
    for index, one in run.packages:
        cases = run.cases_of(one)
        packed.update(cases)
        sender: str | None = "\u001f".join(one.key.values())
        if not one.key:
            sender = _sender_of(run, sender_quotas, cases[0]) if cases else None
        time = _seconds_of(run, one.at)
        turn = (_LAST, index) if time is None else (_AT, time)
        sending = turns.setdefault((*turn, sender or ""), Sending())
        sending.packages.append(index)
        sending.cases.extend(cases)
    for position, _ in run.counted:
        if position in packed:
            continue
        time = _seconds_of(run, run.sent_at(position))
        turn = (_FIRST, 0) if time is None else (_AT, time)
        sender = _sender_of(run, sender_quotas, position)
        turns.setdefault((*turn, sender or ""), Sending()).cases.append(position)
    return [turns[turn] for turn in sorted(turns)]


class Taken:
    """Cases taken so far, by the group of one quota in which they stand.

    A sending is laid only beside those that it can meet.
    """

    def __init__(self, run: StageRun, quota: Quota) -> None:
        self._run = run
        self._quota = quota
        self._by_group: dict[GroupName, list[int]] = {}
        self._anywhere: list[int] = []

    def beside(self, cases: Sequence[int]) -> list[int] | None:
        """The sending's cases and those taken that may be in a group with one of them.

        None: that may be all.
        """
        near = {*cases, *self._anywhere}
        for at in cases:
            place = place_of(self._quota, self._run.scenes[at])
            if place is True:
                return None
            if isinstance(place, tuple):
                near.update(self._by_group.get(place, ()))
        return sorted(near)

    def take(self, cases: Iterable[int]) -> None:
        """Takes the cases of a sending that fitted."""
        for at in cases:
            place = place_of(self._quota, self._run.scenes[at])
            if place is True:
                self._anywhere.append(at)
            elif isinstance(place, tuple):
                self._by_group.setdefault(place, []).append(at)


def _sender_of(run: StageRun, quotas: Sequence[Quota], position: int) -> str | None:
    """The sender's key of a case; None if it is not known."""
    for quota in quotas:
        actor = run.prepared.actors.get(quota.binding.sender or "")
        if actor is None or actor.per is None:
            continue
        text = named_key(quota, actor.per, run.scenes[position])
        if text is not None:
            return text
    return None


def _seconds_of(run: StageRun, at: Time) -> int | None:
    """A time as seconds, a bare day as its beginning; None where there is none."""
    if isinstance(at, Moment):
        return at.seconds
    zone = run.prepared.zone
    start = zone.start_of(at) if isinstance(at, Day) and zone is not None else None
    return None if start is None else start.seconds
