"""Numbers that may be unknown: intervals.

They pass through +, −, × constant, larger, smaller and comparison; nothing else.
Always: exact; an open end is None; None among the operands (no value) passes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, Optional

from .number import Number, add, divide, is_number, multiply, round_number, subtract
from .truth import Truth, and_
from .value import Unknown, Value, all_needs, bounds_of

_End = Optional[Number]


def _sum(ends: list[_End]) -> _End:
    total: Number = 0
    for end in ends:
        if end is None:
            return None
        total = add(total, end)
    return total


def plus(*values: Value) -> Value:
    """a + b + …"""
    total = 0
    for value in values:
        if type(value) is not int:
            return _plus(values)
        total += value
    return total


def _plus(values: Sequence[Value]) -> Value:
    if None in values:
        return None
    bounds = [bounds_of(value) for value in values]
    low = _sum([low for low, _ in bounds])
    if all(map(is_number, values)):
        return low
    return Unknown(all_needs(values), low, _sum([high for _, high in bounds]))


def negative(a: Value) -> Value:
    """−a"""
    if is_number(a):
        return -a
    if not isinstance(a, Unknown):
        return a
    low = None if a.high is None else -a.high
    return Unknown(a.needs, low, None if a.low is None else -a.low)


def minus(a: Value, b: Value) -> Value:
    """a − b"""
    return plus(a, negative(b))


def scaled(a: Value, factor: Number) -> Value:
    """a × factor, the factor a constant of the programme."""
    if is_number(a):
        return multiply(a, factor)
    if not isinstance(a, Unknown):
        return a
    low = None if a.low is None else multiply(a.low, factor)
    high = None if a.high is None else multiply(a.high, factor)
    return Unknown(a.needs, high, low) if factor < 0 else Unknown(a.needs, low, high)


def times(a: Value, b: Value) -> Value:
    """a × b where neither is a constant of the programme."""
    if is_number(a) and is_number(b):
        return multiply(a, b)
    return None if a is None or b is None else Unknown(all_needs((a, b)))


def _pick(
    ends: list[_End], every: bool, best: Callable[[list[Number]], Number]
) -> _End:
    known = [end for end in ends if end is not None]
    if not known or (every and len(known) < len(ends)):
        return None
    return best(known)


def largest(*values: Value) -> Value:
    """The larger of several."""
    return _extreme(values, max, larger=True)


def smallest(*values: Value) -> Value:
    """The smaller of several."""
    return _extreme(values, min, larger=False)


def _extreme(
    values: tuple[Value, ...], best: Callable[[list[Number]], Number], *, larger: bool
) -> Value:
    if None in values:
        return None
    bounds = [bounds_of(value) for value in values]
    # The largest of all is at least each known low end, and at most the highest of
    # all high ends.
    low = _pick([low for low, _ in bounds], not larger, best)
    if all(map(is_number, values)):
        return low
    high = _pick([high for _, high in bounds], larger, best)
    return Unknown(all_needs(values), low, high)


def rounded(a: Value, mode: str, digits: int, unit: Number) -> Value:
    """Rounds a known number in its unit; bounds do not pass."""
    if is_number(a):
        shown = divide(a, unit)
        assert shown is not None, "a unit is not zero"
        return multiply(round_number(shown, mode, digits), unit)
    return Unknown(a.needs) if isinstance(a, Unknown) else a


def _below(x: _End, y: _End) -> bool:
    return x is not None and y is not None and x < y


def _not_above(x: _End, y: _End) -> bool:
    return x is not None and y is not None and x <= y


def _relation(relation: str, al: _End, ah: _End, bl: _End, bh: _End) -> bool | None:
    """Whether the first surely is, or surely is not, in a relation to the second."""
    if relation == "atMost":
        yes, no = _not_above(ah, bl), _below(bh, al)
    elif relation == "less":
        yes, no = _below(ah, bl), _not_above(bh, al)
    elif relation == "atLeast":
        yes, no = _not_above(bh, al), _below(ah, bl)
    elif relation == "more":
        yes, no = _below(bh, al), _not_above(ah, bl)
    else:
        same = al is not None and al == ah and al == bl and al == bh
        apart = _below(bh, al) or _below(ah, bl)
        yes, no = (same, apart) if relation == "equal" else (apart, same)
    return yes if yes or no else None


def compare_numbers(relation: str, a: Value, b: Value) -> Truth:
    """Compares two numbers by their bounds."""
    found = _relation(relation, *bounds_of(a), *bounds_of(b))
    return Unknown(all_needs((a, b))) if found is None else found


def within(value: Value, target: Value, band: Number) -> Truth:
    """Whether the value lies within `band` (a fraction) around the target."""
    low = scaled(target, subtract(1, band))
    high = scaled(target, add(1, band))
    return and_(
        compare_numbers("atLeast", value, low), compare_numbers("atMost", value, high)
    )
