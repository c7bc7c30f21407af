"""The functions of which a programme's expressions are made.

As far as they need nothing but their operands.
Always: total; None (no value) passes through; nothing is known that an unknown operand
leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, Union

from .aggregate import NO_VALUE, Counted, Members, aggregate, has_run
from .date import Day, Moment, make_day
from .interval import compare_numbers, scaled, times
from .number import Number, is_number
from .truth import Truth, or_, truth_of
from .value import (
    Bad,
    Data,
    Duration,
    Fields,
    Unknown,
    Value,
    all_needs,
    awaited,
    same_value,
)

ItemFunction = Callable[["Item"], Value]
"""An expression, of an item of a list."""

Lazy = Union[Value, Callable[[], Value]]
"""A part that is only worked out if it is needed, or a literal."""


def day(year: int, month: int, date: int) -> Day | None:
    """A day of the calendar."""
    return make_day(year, month, date)


def moment(seconds: int) -> Value:
    """A point in time: seconds since 1970-01-01T00:00:00Z."""
    return Moment(seconds)


def days(count: int) -> Duration:
    """So many days."""
    return Duration(count, "days")


def weeks(count: int) -> Duration:
    """So many weeks."""
    return Duration(count, "weeks")


def working_days(count: int) -> Duration:
    """So many working days."""
    return Duration(count, "working_days")


def months(count: int) -> Duration:
    """So many months."""
    return Duration(count, "months")


def years(count: int) -> Duration:
    """So many years."""
    return Duration(count, "years")


def compare_values(relation: str, a: Value, b: Value) -> Truth:
    """Compares two like values that are there.

    Days and moments are compared by the scope (`c.days`, `c.moments`).
    """
    if is_number(a) or is_number(b) or isinstance(a, Unknown) or isinstance(b, Unknown):
        return compare_numbers(relation, a, b)
    if a is None or b is None:
        return Unknown()
    return same_value(a, b) == (relation == "equal")


def _compared(relation: str, a: Value, b: Value) -> Value:
    return None if a is None or b is None else compare_values(relation, a, b)


def equal(a: Value, b: Value) -> Value:
    """a = b"""
    if type(a) is int and type(b) is int:
        return a == b
    return _compared("equal", a, b)


def not_equal(a: Value, b: Value) -> Value:
    """a ≠ b"""
    if type(a) is int and type(b) is int:
        return a != b
    return _compared("notEqual", a, b)


def less(a: Value, b: Value) -> Value:
    """a < b"""
    if type(a) is int and type(b) is int:
        return a < b
    return _compared("less", a, b)


def at_most(a: Value, b: Value) -> Value:
    """a ≤ b"""
    if type(a) is int and type(b) is int:
        return a <= b
    return _compared("atMost", a, b)


def more(a: Value, b: Value) -> Value:
    """a > b"""
    if type(a) is int and type(b) is int:
        return a > b
    return _compared("more", a, b)


def at_least(a: Value, b: Value) -> Value:
    """a ≥ b"""
    if type(a) is int and type(b) is int:
        return a >= b
    return _compared("atLeast", a, b)


def is_in(value: Value, choices: Sequence[Value]) -> Value:
    """Whether a value is one of these.

    Of a set among them, whether it holds the value.
    """
    if value is None:
        return None
    return or_(
        *(
            value in choice
            if isinstance(value, str) and isinstance(choice, list)
            else compare_values("equal", value, choice)
            for choice in choices
        )
    )


def is_given(value: Value) -> bool:
    """Whether there is a value: never unknown."""
    return value is not None and not isinstance(value, Unknown)


def _worked_out(part: Lazy) -> Value:
    return part() if callable(part) else part


def otherwise(value: Value, fallback: Lazy) -> Value:
    """The value, or the default where it has none."""
    return _worked_out(fallback) if value is None else value


def choose(test: Value, then: Lazy, other: Lazy) -> Value:
    """One of two by a condition."""
    truth = truth_of(test)
    if isinstance(truth, Unknown):
        return truth
    return _worked_out(then if truth else other)


def times_constant(a: Value, b: Value) -> Value:
    """a × b, of which b is a constant of the programme."""
    return scaled(a, b) if isinstance(a, Unknown) and is_number(b) else times(a, b)


def constant_times(a: Value, b: Value) -> Value:
    """a × b, of which a is a constant of the programme."""
    return scaled(b, a) if isinstance(b, Unknown) and is_number(a) else times(a, b)


def value_of(
    data: Data,
    key: str,
    source: str,
    optional: bool,
    bounds: tuple[Number | None, Number | None] = (None, None),
) -> Value:
    """An entry as value.

    A blank one is unknown within its declared bounds, or has no value where it may be
    blank.
    """
    if data is not None and not isinstance(data, Bad):
        return data
    if data is None and optional:
        return None
    open_ = awaited(key, source)
    open_.low, open_.high = bounds
    return open_


def field(of: Data, key: str) -> Value:
    """A field of a record."""
    if isinstance(of, Unknown):
        return Unknown(of.needs)
    if not isinstance(of, Fields):
        return None
    at = of.record.index[key]
    declared = of.record.fields[at]
    return value_of(
        of.values[at], key, "other", declared.optional, declared.type.bounds
    )


class Item:
    """An item of a list, or a chosen value of a closed list."""

    __slots__ = ("data",)

    def __init__(self, data: Data) -> None:
        self.data = data

    @property
    def value(self) -> Value:
        """The item itself."""
        return value_of(self.data, "", "other", False)

    def field(self, key: str) -> Value:
        """A field of the item."""
        if isinstance(self.data, Fields):
            return field(self.data, key)
        return awaited(key, "other")


def over_list(
    op: str,
    items: Value,
    where: ItemFunction | None = None,
    value: ItemFunction | None = None,
) -> Value:
    """An aggregate over the items of one list.

    `where` says which count, `value` what is taken of each.
    """
    if isinstance(items, Unknown):
        return Unknown(items.needs)
    if not isinstance(items, list):
        return items
    return aggregate(op, _members(items, where, value))


def consecutive(
    length: int,
    items: Value,
    where: ItemFunction | None = None,
    value: ItemFunction | None = None,
) -> Value:
    """Whether so many whole numbers, one after another, are each the value of an item.

    `where` says which count.
    """
    if isinstance(items, Unknown):
        return Unknown(items.needs)
    if not isinstance(items, list):
        return items
    return has_run(length, _members(items, where, value))


def _members(
    items: Sequence[Data], where: ItemFunction | None, value: ItemFunction | None
) -> Members:
    members = []
    for data in items:
        item = Item(data)
        counts = True if where is None else truth_of(where(item))
        asks = value is not None and counts is not False
        members.append(Counted(counts, value(item) if value and asks else NO_VALUE))
    return members


def open_quotient(*operands: Value) -> Unknown:
    """The quotient of a value that is unknown and a number.

    Nothing is known but what is awaited.
    """
    return Unknown(all_needs(operands))
