"""One entry: a JSON value becomes typed data, by what its field accepts.

In: a Spot and a field's type. Out: data in base units (value.py); what the field does
not accept is a fault, and the data BAD.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Callable, NamedTuple

from .date import parse_day
from .number import Number, divide, is_whole, parse_number, subtract
from .place import Place, below
from .read import LARGEST, boolean, each_item, each_member, integer, is_null, string
from .shared import PATTERNS
from .text import is_blank
from .value import BAD, Bad, Data, Fields
from .vocabulary import ClosedList, FieldType, RecordType

if TYPE_CHECKING:
    from .prepared import Prepared

# Digits of a decimal number that every implementation holds.
_DIGITS = 18

_DECIMAL = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?")

# Kinds of entry that are whole numbers.
_WHOLE = ("integer", "count", "year")

DECIMALS = ("decimal", "percent", "money")
"""Kinds of entry that are decimal numbers."""

# Members of an uploaded file.
_FILE = dict.fromkeys(("name", "size", "sealed"))

# What a text looks like, by the kind of its field; of other kinds it may be any.
_ACCEPTS = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}


def number_in(field: FieldType, text: str) -> Number:
    """A decimal number as written, in base units."""
    number = parse_number(text)
    assert number is not None, "a decimal number"
    return field.to_base(number)


Plain = Callable[[object], Data]
"""Takes a plain value that surely is an entry as it should be; else it gives BAD.

It leaves a decimal as written, since its value is seldom asked.
"""


def plain_of(field: FieldType, lists: Mapping[str, ClosedList]) -> Plain:
    """What takes the plain values of a field; the rest is for `Entries` to judge."""
    kind, (low, high) = field.kind, field.ends
    if kind == "yes_no":
        return lambda value: value if type(value) is bool else BAD
    if kind == "one_of":
        known = lists[field.list].index
        return lambda value: value if type(value) is str and value in known else BAD
    if kind in ("text", "prose"):
        whole = _PLAIN_TEXT.fullmatch
        return lambda value: value if type(value) is str and whole(value) else BAD
    if field.step is None and field.size is None and kind in _WHOLE:
        least = -LARGEST if low is None else low
        most = LARGEST if high is None else high
        return lambda value: (
            value if type(value) is int and least <= value <= most else BAD
        )
    if field.step is None and low is None and high is None and kind in DECIMALS:
        fits = _decimal_of(field.digits).fullmatch
        return lambda value: value if type(value) is str and fits(value) else BAD
    return lambda _: BAD


def _decimal_of(digits: int) -> re.Pattern[str]:
    """A decimal number of so many digits after the point, and surely not too long."""
    fraction = rf"(?:\.[0-9]{{1,{digits}}})?" if digits > 0 else ""
    return re.compile(rf"-?[0-9]{{1,{_DIGITS - digits}}}{fraction}")


# A text that begins with a letter or digit, and so is not blank.
_PLAIN_TEXT = re.compile(r"[^\W_][^\ud800-\udfff]*")


class EntryFault(NamedTuple):
    """What is wrong with an entry, and where."""

    place: Place
    problem: str


def _keeps(field: FieldType, length: int) -> bool:
    """Whether a length keeps the hard limits."""
    return all(
        limit.kind == "about"
        or (length <= limit.value if limit.kind == "at most" else length >= limit.value)
        for limit in field.limits
    )


class Entries:
    """Reads entries of one case and collects their faults."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.faults: list[EntryFault] = []

    def _bad(self, place: Place, problem: str) -> Bad:
        self.faults.append(EntryFault(place, problem))
        return BAD

    def read(self, spot: object, field: FieldType, pointer: Place) -> Data:
        """Reads a value of a field."""
        if is_null(spot):
            return None
        kind = field.kind
        if kind in _WHOLE:
            return self._number(integer(spot, pointer), field, pointer)
        if kind in DECIMALS:
            return self._decimal(spot, field, pointer)
        if kind == "date":
            return self._day(spot, pointer, "")
        if kind == "month":
            return self._day(spot, pointer, "-01")
        if kind == "yes_no":
            return boolean(spot, pointer)
        if kind == "file":
            return self._file(spot, field, pointer)
        if kind == "one_of":
            return self._one_of(spot, self._prepared.lists[field.list], pointer)
        if kind == "any_of":
            return self._any_of(spot, field, self._prepared.lists[field.list], pointer)
        if kind == "record":
            return self._record(spot, self._prepared.records[field.record], pointer)
        if kind == "list":
            return self._list(spot, field, pointer)
        return self._text(spot, kind, pointer)

    def _text(self, spot: object, kind: str, pointer: Place) -> Data:
        value = string(spot, pointer)
        if is_blank(value):
            return None
        pattern = _ACCEPTS.get(kind)
        if pattern is None or pattern.fullmatch(value):
            return value
        return self._bad(pointer, "pattern")

    def _decimal(self, spot: object, field: FieldType, pointer: Place) -> Data:
        value = string(spot, pointer)
        if is_blank(value):
            return None
        found = _DECIMAL.fullmatch(value)
        if found is None:
            return self._bad(pointer, "pattern")
        whole, fraction = found.groups("")
        if len(fraction) > field.digits:
            return self._bad(pointer, "pattern")
        if len(whole) + len(fraction) > _DIGITS:
            return self._bad(pointer, "range")
        number = parse_number(value)
        assert number is not None, "a decimal number"
        return self._number(number, field, pointer)

    def _number(self, value: Number, field: FieldType, pointer: Place) -> Data:
        """Checks bounds and step in the declared unit, then goes over to base units."""
        low, high = field.ends
        if (low is not None and value < low) or (high is not None and value > high):
            return self._bad(pointer, "range")
        if field.step is not None:
            steps = divide(subtract(value, field.low or 0), field.step)
            if steps is not None and not is_whole(steps):
                return self._bad(pointer, "step")
        return field.to_base(value)

    def _day(self, spot: object, pointer: Place, rest: str) -> Data:
        value = string(spot, pointer)
        if is_blank(value):
            return None
        return parse_day(value + rest) or self._bad(pointer, "date")

    def _one_of(self, spot: object, known: ClosedList, pointer: Place) -> Data:
        value = string(spot, pointer)
        if is_blank(value):
            return None
        return value if value in known.index else self._bad(pointer, "unlisted")

    def _any_of(
        self, spot: object, field: FieldType, known: ClosedList, pointer: Place
    ) -> Data:
        chosen = set()
        listed = True

        def read(item: object, place: Place) -> None:
            nonlocal listed
            value = string(item, place)
            if value in known.index:
                chosen.add(value)
            else:
                self._bad(place, "unlisted")
                listed = False

        each_item(spot, pointer, read)
        if not _keeps(field, len(chosen)):
            return self._bad(pointer, "length")
        if not listed:
            return BAD
        in_order: list[Data] = [value for value in known.index if value in chosen]
        return in_order

    def _record(self, spot: object, record: RecordType, pointer: Place) -> Data:
        values: list[Data] = [None for _ in record.fields]
        for name, value, place in each_member(spot, pointer, record.index):
            index = record.index[name]
            values[index] = self.read(value, record.fields[index].type, place)
        if all(value is None for value in values):
            return None
        for declared, data in zip(record.fields, values):
            if data is None and not declared.optional:
                self._bad(below(pointer, declared.key), "blank")
        return Fields(values, record)

    def _list(self, spot: object, field: FieldType, pointer: Place) -> Data:
        of = field.item
        assert of is not None, "a list has items"

        def read(item: object, place: Place) -> Data:
            data = self.read(item, of, place)
            if data is None:
                self._bad(place, "blank")
            return data

        items = each_item(spot, pointer, read)
        return items if _keeps(field, len(items)) else self._bad(pointer, "length")

    def _file(self, spot: object, field: FieldType, pointer: Place) -> Data:
        name: str | None = None
        size: int | None = None
        for member, value, place in each_member(spot, pointer, _FILE):
            if member == "name":
                name = string(value, place)
            elif member == "size":
                size = integer(value, place)
            else:
                boolean(value, place)
        if name is None or is_blank(name):
            return None
        ending = _lower(name.rpartition(".")[2]) if "." in name else ""
        if field.kinds and ending not in map(_lower, field.kinds):
            return self._bad(pointer, "pattern")
        if size is not None and (size < 0 or not _keeps(field, size)):
            return self._bad(pointer, "length")
        return name


_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def _lower(text: str) -> str:
    """Small letters for A to Z only."""
    return text.translate(_CAPITALS)
