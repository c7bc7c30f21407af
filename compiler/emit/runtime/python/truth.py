"""Three-valued truth (Kleene): True, False, or an Unknown with what is awaited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Union

from .value import Need, Unknown, Value, merge_needs

Truth = Union[bool, Unknown]


def truth_of(value: Value) -> Truth:
    """A value of type yes/no as truth; no value counts as unknown."""
    if isinstance(value, bool):
        return value
    return Unknown(value.needs if isinstance(value, Unknown) else ())


def not_(value: Value) -> Truth:
    """The opposite; unknown stays unknown."""
    truth = truth_of(value)
    return truth if isinstance(truth, Unknown) else not truth


def at_least_of(need: int, values: Iterable[Value]) -> Truth:
    """At least so many of all.

    True once so many are true, false once too few can be.
    """
    sure = maybe = 0
    needs: Sequence[Need] = ()
    for value in values:
        truth = truth_of(value)
        if truth is True:
            sure += 1
        elif isinstance(truth, Unknown):
            maybe += 1
            needs = merge_needs(needs, truth.needs)
    if sure >= need:
        return True
    return False if sure + maybe < need else Unknown(needs)


def _every(values: Iterable[Value], decisive: bool) -> Truth:
    open_ = False
    needs: Sequence[Need] = ()
    for value in values:
        if value is decisive:
            return decisive
        if not isinstance(value, bool):
            open_ = True
            if isinstance(value, Unknown):
                needs = merge_needs(needs, value.needs)
    return Unknown(needs) if open_ else not decisive


def and_(*values: Value) -> Truth:
    """True iff all are."""
    for value in values:
        if value is not True:
            break
    else:
        return True
    return _every(values, False)


def or_(*values: Value) -> Truth:
    """True iff one is."""
    return _every(values, True)
