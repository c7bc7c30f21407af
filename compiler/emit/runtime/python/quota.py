"""One quota for one group: what was counted, and what follows of it.

While the batch is open, and once it is closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .definition import Quota
from .group import Belonging, Group
from .interval import compare_numbers
from .keys import KeyedGroup
from .number import Number, is_number, subtract
from .rules import result_of
from .scope import Note
from .truth import Truth, truth_of
from .value import Need, Unknown, Value
from .vocabulary import ValueType

if TYPE_CHECKING:
    from .prepared import Prepared
    from .readings import Settings
    from .scene import Scene


class GroupCount(NamedTuple):
    """What was counted of a group."""

    applies: Truth
    test: Truth
    value: Value
    limit: Value
    upper: Value
    portions: tuple[int, int] | None
    members: list[int]
    notes: list[Note]


def count_group(
    prepared: Prepared,
    quota: Quota,
    group: KeyedGroup,
    members: Sequence[Belonging],
    scenes: Sequence[Scene],
    settings: Settings,
) -> GroupCount:
    """Counts one group.

    Whether the quota applies, its check, value and limits, and the cases counted.
    """
    scope = Group(prepared, settings, scenes, members)
    scope.keys.append(group.values)
    scope.subject = quota
    applies = True if quota.when is None else truth_of(quota.when(scope))
    scope.counted.clear()
    test = truth_of(quota.test(scope))
    counted = sorted(scope.counted)
    value = None if quota.value is None else quota.value(scope)
    portions = scope.portions if quota.share else None
    bound = quota.bound
    limit = None if bound is None else bound.limit(scope)
    upper = None if bound is None or bound.high is None else bound.high(scope)
    return GroupCount(
        applies, test, value, limit, upper, portions, counted, scope.notes
    )


_CAPS = {"at most": "more", "equal": "more", "less": "atLeast"}


def kind_of(quota: Quota) -> str:
    """What kind of check it is; nothing of one that is no comparison."""
    return "" if quota.bound is None else quota.bound.kind


def over_cap(quota: Quota, counted: GroupCount) -> Truth | None:
    """Whether the value is over the cap; None: the check is no cap."""
    kind = kind_of(quota)
    if kind in _CAPS:
        return compare_numbers(_CAPS[kind], counted.value, counted.limit)
    if kind == "between":
        return compare_numbers("more", counted.value, counted.upper)
    return None


class GroupResult(NamedTuple):
    """The result for a group, and whether it can still change."""

    result: str
    final: bool
    needs: Sequence[Need] = ()


def result_for(quota: Quota, counted: GroupCount, closed: bool) -> GroupResult:
    """The result for a group."""
    result, needs = result_of(counted.applies, counted.test)
    if closed or result == "not applicable":
        return GroupResult(result, closed, needs)
    open_ = GroupResult("unknown", False, needs)
    if counted.applies is not True or not quota.grows:
        return open_
    kind = kind_of(quota)
    if kind in ("at most", "less"):
        return GroupResult(result, result == "unmet", needs)
    if kind in ("at least", "more") and result == "met":
        return GroupResult(result, True, needs)
    if kind in ("between", "equal") and over_cap(quota, counted) is True:
        return GroupResult("unmet", True, needs)
    return open_


class Measure(NamedTuple):
    """What is printed of the value.

    A number, the ends of one that is not known, or part and base of a share.
    """

    portions: tuple[int, int] | None = None
    measured: bool = False
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None


def measure_of(quota: Quota, counted: GroupCount) -> Measure:
    """What is printed of the value."""
    value = counted.value
    if counted.portions is not None:
        return Measure(portions=counted.portions)
    if quota.type is None or quota.type.kind != "number":
        return Measure()
    if is_number(value):
        return Measure(measured=True, value=value)
    if isinstance(value, Unknown):
        return Measure(measured=True, low=value.low, high=value.high)
    return Measure()


class Limit(NamedTuple):
    """What is printed of the limit: a number, or the two ends of a range."""

    low: Number
    high: Number | None
    type: ValueType


def limit_of(quota: Quota, counted: GroupCount) -> Limit | None:
    """What is printed of the limit, if anything."""
    bound = quota.bound
    if bound is None or bound.type.kind != "number" or not is_number(counted.limit):
        return None
    if bound.kind != "between":
        return Limit(counted.limit, None, bound.type)
    if not is_number(counted.upper):
        return None
    return Limit(counted.limit, counted.upper, bound.type)


class Distance(NamedTuple):
    """How far a value is above its limit, and below it."""

    over: Number
    free: Number


def distance_of(counted: GroupCount) -> Distance | None:
    """How far the value is from the limit; None where not both are known."""
    value, limit = counted.value, counted.limit
    high = limit if counted.upper is None else counted.upper
    if not is_number(value) or not is_number(limit) or not is_number(high):
        return None
    return Distance(max(subtract(value, high), 0), max(subtract(high, value), 0))
