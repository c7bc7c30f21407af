"""Aggregates over members that are surely in, surely out, or maybe in: intervals.

In: members: whether each counts, and its value where the aggregate asks for one.
Out: a value; a known one only when nothing is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .number import Number, add, is_number, ratio
from .truth import Truth, and_, not_, or_, truth_of
from .value import Data, Need, Unknown, Value, bounds_of, merge_needs, same_value


class NoValue:
    """The type of NO_VALUE."""

    __slots__ = ()


NO_VALUE = NoValue()
"""The value of a member of which the aggregate asks none."""


class Counted(NamedTuple):
    """A member: whether it counts, and its value."""

    counts: Truth
    value: Value | NoValue = NO_VALUE


Members = Sequence[Counted]


def aggregate(op: str, members: Members) -> Value:
    """The aggregate of all members; those surely out are passed over."""
    if op == "count":
        return _count(members)
    if op == "count_distinct":
        return _count_distinct(members)
    if op == "sum":
        return _sum(members)
    if op in ("min", "max"):
        return _extreme(members, larger=op == "max")
    if op == "any":
        return _exists(members)
    if op == "none":
        return not_(_exists(members))
    return and_(*(or_(not_(m.counts), _holds(m)) for m in members))


def _holds(member: Counted) -> Truth:
    return True if isinstance(member.value, NoValue) else truth_of(member.value)


def _exists(members: Members) -> Truth:
    return or_(*(and_(m.counts, _holds(m)) for m in members))


def _counted(members: Members) -> Iterable[tuple[bool, Value]]:
    """Members that may count and have a value: whether they surely count, and it."""
    for counts, value in members:
        if counts is not False and not isinstance(value, NoValue):
            yield counts is True, value


def _needs_of(members: Members) -> Sequence[Need]:
    """What members await: whether they count, then what they are."""
    needs: Sequence[Need] = ()
    for counts, value in members:
        if isinstance(counts, Unknown):
            needs = merge_needs(needs, counts.needs)
        if counts is not False and isinstance(value, Unknown):
            needs = merge_needs(needs, value.needs)
    return needs


def _between(low: int, high: int, open_: bool, members: Members) -> Value:
    """A number between two counts; known when nothing is open."""
    return Unknown(_needs_of(members), low, high) if open_ else low


def _count(members: Members) -> Value:
    sure = sum(m.counts is True for m in members)
    maybe = sum(isinstance(m.counts, Unknown) for m in members)
    return _between(sure, sure + maybe, maybe > 0, members)


def _has(values: list[Data], value: Data) -> bool:
    return any(same_value(other, value) for other in values)


def _count_distinct(members: Members) -> Value:
    sure: list[Data] = []
    possible: list[Data] = []
    nameless, nameless_sure, open_ = 0, False, False
    for certain, value in _counted(members):
        open_ = open_ or not certain
        if value is None or isinstance(value, Unknown):
            open_ = True
            nameless += 1
            nameless_sure = nameless_sure or certain
            continue
        if not _has(possible, value):
            possible.append(value)
        if certain and not _has(sure, value):
            sure.append(value)
    least = max(len(sure), 1 if nameless_sure else 0)
    return _between(least, len(possible) + nameless, open_, members)


def _sum(members: Members) -> Value:
    low: Number | None = 0
    high: Number | None = 0
    open_ = False
    for certain, value in _counted(members):
        least, most = bounds_of(value)
        open_ = open_ or not is_number(value)
        if not certain:
            open_ = True
            # One that may not count adds between nothing and its value.
            least = None if least is None else min(least, 0)
            most = None if most is None else max(most, 0)
        low = None if low is None or least is None else add(low, least)
        high = None if high is None or most is None else add(high, most)
    if low is not None and not open_:
        return low
    return Unknown(_needs_of(members), low, high)


def _extreme(members: Members, *, larger: bool) -> Value:
    """The smallest or largest.

    Nothing to choose from has no value that is known.
    """

    def better(old: Number | None, end: Number) -> Number:
        if old is None:
            return end
        return max(old, end) if larger else min(old, end)

    inner: Number | None = None
    outer: Number | None = None
    outer_open = open_ = some = False
    for certain, value in _counted(members):
        some = some or certain
        open_ = open_ or not certain or not is_number(value)
        low, high = bounds_of(value)
        near, far = (low, high) if larger else (high, low)
        if certain and near is not None:
            inner = better(inner, near)
        if far is None:
            outer_open = True
        else:
            outer = better(outer, far)
    if some and not open_:
        return inner
    if not some:
        return Unknown(_needs_of(members))
    if outer_open:
        outer = None
    low, high = (inner, outer) if larger else (outer, inner)
    return Unknown(_needs_of(members), low, high)


def has_run(length: int, members: Members) -> Truth:
    """Whether so many whole numbers, one after another, are each the value of one.

    A member of which the value is not known can stand for any one number; one that has
    no value stands for none.
    """
    there = [m for m in members if m.value is not None]
    values = list(_counted(there))
    known = [(sure, value) for sure, value in values if is_number(value)]
    if _makes_run(length, 0, (value for sure, value in known if sure)):
        return True
    free = len(values) - len(known)
    if _makes_run(length, free, (value for _, value in known)):
        return Unknown(_needs_of(there))
    return False


def _makes_run(length: int, free: int, values: Iterable[Number]) -> bool:
    """Whether these numbers and so many free ones can make up a run of that length.

    All but the free ones are there.
    """
    before = length - free - 1
    if before < 0:
        return True
    numbers = sorted(set(values))
    pairs = zip(numbers, numbers[before:])
    return any(last - first < length for first, last in pairs)


class Portion(NamedTuple):
    """Whether a member is in the base of a share, and in its part."""

    base: Truth
    part: Truth


class Share(NamedTuple):
    """A share, and its part and base when both are known."""

    value: Value
    counted: tuple[int, int] | None


def share_of(portions: Iterable[Portion]) -> Share:
    """The share of a part in a base.

    lo = t/(t+b), hi = p/(p+m) with t surely in the part, b maybe in the base outside
    the part, p maybe or surely in the part, m surely in the base outside the part. A
    bound of 0/0 makes it unknown.
    """
    t = b = p = m = 0
    needs: Sequence[Need] = ()
    for base, part in portions:
        inside = and_(base, part)
        outside = and_(base, not_(part))
        t += inside is True
        p += inside is not False
        m += outside is True
        b += outside is not False
        for open_ in (inside, outside):
            if isinstance(open_, Unknown):
                needs = merge_needs(needs, open_.needs)
    low, high = _quotient(t, t + b), _quotient(p, p + m)
    counted = (t, t + b) if t == p and b == m else None
    if low is None or high is None:
        return Share(Unknown(needs), counted)
    return Share(low if counted else Unknown(needs, low, high), counted)


def _quotient(part: int, base: int) -> Number | None:
    return None if base == 0 else ratio(part, base)
