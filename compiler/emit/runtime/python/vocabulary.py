"""Readings, actors, closed lists, records, tables, and the types of entries.

Always: everything by its key in data; what was left out has its default; expressions
are functions of the case or batch in hand. Two records are the same only if they are
one and the same declaration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Union

from .messages import Label, Labelled
from .number import Number, multiply
from .value import Value

if TYPE_CHECKING:
    from .scope import Scope

CaseFunction = Callable[["Scope"], Value]
"""An expression, of the case or batch in hand."""

Cell = Union[Value, CaseFunction]
"""A literal, or an expression."""


@dataclass(eq=False)
class Reading(Labelled):
    """A choice of interpretation: of words, or a band around a number."""

    key: str
    name: str | None = None
    label: Label | None = None
    builtin: str | None = None
    values: Sequence[str] | None = None
    names: Sequence[str] | None = None
    chosen: int | None = None
    band: Number | None = None
    ends: CaseFunction | None = None


@dataclass(eq=False)
class Calendar:
    """Which days are worked: some years, and where they depart from their weeks."""

    key: str
    first: int
    last: int
    off: Sequence[str] = ()
    """Days off, of Monday to Friday."""
    worked: Sequence[str] = ()
    """Worked days of a weekend."""


@dataclass(eq=False)
class Actor(Labelled):
    """Who acts; with `per`, one body for each value of that key."""

    key: str
    name: str | None = None
    label: Label | None = None
    per: str | None = None
    keys: str | None = None


@dataclass(eq=False)
class Choice(Labelled):
    """A value of a closed list whose label is not its key."""

    key: str
    name: str | None = None
    label: Label | None = None
    retired: int | None = None


@dataclass(eq=False)
class ClosedList:
    """A closed list; `order` is "lowest first" or "best first"."""

    key: str
    values: Sequence[str | Choice]
    order: str | None = None

    def __post_init__(self) -> None:
        keys = [one if isinstance(one, str) else one.key for one in self.values]
        self.index = {key: i for i, key in enumerate(keys)}

    def level(self, key: str) -> int:
        """The rank of a value: of a `best first` list the first ranks highest."""
        place = self.index[key]
        return -place if self.order == "best first" else place


@dataclass(eq=False)
class Limit:
    """A limit on a length; the kind is "about", "at most" or "at least"."""

    kind: str
    value: int


@dataclass(eq=False)
class FieldType:
    """What is entered in a field; bounds are in its unit, `size` in base units."""

    kind: str
    digits: int = 0
    kinds: Sequence[str] = ()
    sealed: bool = False
    list: str = ""
    record: str = ""
    item: FieldType | None = None
    size: Number | None = None
    low: Number | None = None
    high: Number | None = None
    step: Number | None = None
    limits: Sequence[Limit] = ()
    characters: bool = False

    def __post_init__(self) -> None:
        lows = {"count": 0, "year": 1}
        low = lows.get(self.kind) if self.low is None else self.low
        year = 9999 if self.kind == "year" else None
        high = year if self.high is None else self.high
        self.ends = (low, high)
        """Lowest and highest value of a number, in its unit."""
        self.bounds = (
            None if low is None else self.to_base(low),
            None if high is None else self.to_base(high),
        )
        """The same, in base units."""

    def to_base(self, value: Number) -> Number:
        """A number in the field's unit, in base units."""
        return value if self.size is None else multiply(value, self.size)


@dataclass(eq=False)
class ValueType:
    """How a value is shown."""

    kind: str
    digits: int | None = None
    unit: str | None = None
    size: Number | None = None
    whole: bool = False
    list: str = ""
    record: str = ""
    item: ValueType | None = None


@dataclass(eq=False)
class RecordField(Labelled):
    """A field of a group of fields."""

    key: str
    type: FieldType
    name: str | None = None
    label: Label | None = None
    optional: bool = False


@dataclass(eq=False)
class RecordType:
    """A group of fields."""

    key: str
    fields: Sequence[RecordField]

    def __post_init__(self) -> None:
        self.index = {field.key: i for i, field in enumerate(self.fields)}


@dataclass(eq=False)
class Band:
    """A key cell that takes the numbers between two ends."""

    low: Number | None = None
    above: bool = False
    high: Number | None = None
    below: bool = False


KeyCell = Union[None, Band, Sequence[Cell]]
"""A key of a row: anything, a band of numbers, or one of these."""


@dataclass(eq=False)
class Row:
    """A row of a table."""

    keys: Sequence[KeyCell]
    values: Sequence[Cell]


@dataclass(eq=False)
class Table:
    """A table; `lookup` is "match", "lower bound" or "upper bound"."""

    key: str
    clauses: Sequence[str]
    lookup: str
    keys: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Row]
    absent: bool = False


@dataclass(eq=False)
class Constant(Labelled):
    """A value of the programme."""

    key: str
    clauses: Sequence[str]
    value: CaseFunction
    name: str | None = None
    label: Label | None = None
    batch: bool = False
