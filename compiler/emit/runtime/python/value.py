"""Values during evaluation.

A value is None (none: optional and blank, not relevant, a rule that is not
applicable), an Unknown, a bool, an exact number (number.py), a text or a closed
list's key (str), a Day, a Moment, a Duration, a Fields (record), or a list (list,
set).
Always: an unknown names each awaited key once, in order of first use; its bounds are
in base units, an open end is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, Union

from .date import Day, Moment
from .number import Number, is_number

if TYPE_CHECKING:
    from .vocabulary import RecordType


class Need(NamedTuple):
    """Something that is awaited, and who can supply it.

    The source is "judgement", "notice" or "other".
    """

    key: str
    source: str


class Unknown:
    """Not known: what is awaited, and between which bounds a number lies."""

    __slots__ = ("high", "low", "needs")

    def __init__(
        self,
        needs: Sequence[Need] = (),
        low: Number | None = None,
        high: Number | None = None,
    ) -> None:
        self.needs = needs
        self.low = low
        self.high = high


class Duration:
    """A duration in "days", "weeks", "months", "years" or "working_days"."""

    __slots__ = ("count", "unit")

    def __init__(self, count: int, unit: str) -> None:
        self.count = count
        self.unit = unit


class Fields:
    """A record's fields in order, and the record as declared."""

    __slots__ = ("record", "values")

    def __init__(self, values: list[Data], record: RecordType) -> None:
        self.values = values
        self.record = record


class Bad:
    """The type of BAD."""

    __slots__ = ()


BAD = Bad()
"""An entry that is there and that the rules cannot use."""

Value = Union[
    None,
    Unknown,
    bool,
    int,
    Fraction,
    str,
    Day,
    Moment,
    Duration,
    Fields,
    "Sequence[Data]",
]
"""What an expression gives."""

Data = Union[Value, Bad]
"""What an entry holds."""

_NOTICE = (Need("notice", "notice"),)


def awaited(key: str, source: str) -> Unknown:
    """Unknown because of one entry."""
    return Unknown((Need(key, source),))


def silent() -> Unknown:
    """The notice is silent."""
    return Unknown(_NOTICE)


def merge_needs(needs: Sequence[Need], more: Sequence[Need]) -> Sequence[Need]:
    """Both lists, each need once."""
    if not needs:
        return more
    added = [need for need in more if need not in needs]
    return [*needs, *added] if added else needs


def all_needs(values: Iterable[Data]) -> Sequence[Need]:
    """The needs of several values together, in their order."""
    needs: Sequence[Need] = ()
    for value in values:
        if isinstance(value, Unknown):
            needs = merge_needs(needs, value.needs)
    return needs


def only_judgements(needs: Sequence[Need]) -> bool:
    """Whether judgements, and nothing else, are awaited."""
    return bool(needs) and all(need.source == "judgement" for need in needs)


def bounds_of(value: Data) -> tuple[Number | None, Number | None]:
    """Where a number lies, as (low, high); a known one is both ends."""
    if is_number(value):
        return value, value
    if isinstance(value, Unknown):
        return value.low, value.high
    return None, None


def same_value(a: Data, b: Data) -> bool:
    """Whether two known values are the same."""
    if is_number(a):
        return is_number(b) and a == b
    if isinstance(a, Day):
        return isinstance(b, Day) and a.number == b.number
    if isinstance(a, Moment):
        return isinstance(b, Moment) and a.seconds == b.seconds
    if isinstance(a, Fields):
        return isinstance(b, Fields) and _same_items(a.values, b.values)
    if isinstance(a, list):
        return isinstance(b, list) and _same_items(a, b)
    if isinstance(a, str):
        return isinstance(b, str) and a == b
    return a is b


def _same_items(a: Sequence[Data], b: Sequence[Data]) -> bool:
    return len(a) == len(b) and all(map(same_value, a, b))
