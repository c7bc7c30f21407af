"""What every expression stands in.

Tables, readings and constants of the programme, keys in scope, data notes. A case
(scene.py) and a group of a batch (group.py) are scopes and add what their own names
mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import (
    TYPE_CHECKING,
    Callable,
    NamedTuple,
    Protocol,
    TypeVar,
)

from . import messages
from .aggregate import Counted, aggregate
from .calendar import later, out_of_reach
from .date import (
    Day,
    Moment,
    days_until,
    months_until,
    part_of_day,
    years_until,
)
from .expression import open_quotient
from .interval import scaled, within
from .messages import Words
from .number import Number, divide, is_number, multiply
from .readings import BandSetting, Setting, Settings
from .table import lookup, rows_of, seats_of
from .text import char_count
from .value import (
    Duration,
    Unknown,
    Value,
    all_needs,
    same_value,
    silent,
)
from .vocabulary import CaseFunction

if TYPE_CHECKING:
    from .prepared import Prepared

_T = TypeVar("_T")

_MOST_TIMES = 10_000_000
"""Nothing in a notice is taken more often."""

_SECONDS = {"days": 86400, "weeks": 604800}


class Subject(Protocol):
    """The declaration that notes name."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def clauses(self) -> Sequence[str]:
        """The clauses that it stands on."""


class Note(NamedTuple):
    """A remark outside the verdict."""

    rule: str
    clauses: Sequence[str]
    message: Words


class OfCases:
    """One track's part of an aggregate over cases."""

    __slots__ = ("base", "part", "track", "value", "where")

    def __init__(
        self,
        track: str,
        where: CaseFunction | None = None,
        value: CaseFunction | None = None,
        base: CaseFunction | None = None,
        part: CaseFunction | None = None,
    ) -> None:
        self.track = track
        self.where = where
        self.value = value
        self.base = base
        self.part = part


class Scope:
    """Where an expression stands.

    Outside a case its facts, rules and lets have no value; outside a batch there are
    no cases to count.
    """

    def __init__(self, prepared: Prepared, settings: Settings) -> None:
        self.prepared = prepared
        self.settings = settings
        """What each reading is set to."""
        self.consulted: set[int] = set()
        """Readings whose setting something depended on."""
        self.keys: list[Sequence[Value]] = []
        """Keys of the group, or of a table's row; innermost last."""
        self.notes: list[Note] = []
        """Data notes."""
        self.subject: Subject | None = None
        """The declaration that notes name."""

    def naming(self, subject: Subject | None, work: Callable[[], _T]) -> _T:
        """Evaluates with a declaration named in notes."""
        outer = self.subject
        self.subject = subject
        result = work()
        self.subject = outer
        return result

    # What the names in expressions mean.

    def read(self, pointer: str) -> Value:
        """A fact or field by its pointer."""
        return None

    def is_given(self, pointer: str) -> bool:
        """Whether a fact or field has an entry."""
        return False

    def rule(self, key: str) -> Value:
        """A rule as truth value."""
        return None

    def let(self, key: str) -> Value:
        """A let of the track."""
        return None

    def time(self, key: str) -> Value:
        """When the case's event at a stage happened."""
        return None

    def due(self, key: str) -> Value:
        """A deadline as a day."""
        return silent()

    def over_cases(self, op: str, parts: Sequence[OfCases]) -> Value:
        """An aggregate over the cases of a batch."""
        return silent()

    def share(self, parts: Sequence[OfCases], denominator: str | None = None) -> Value:
        """The share of a part in a base, of the cases of a batch."""
        return silent()

    def _setting(self, index: int) -> Setting:
        self.consulted.add(index)
        return self.settings[index]

    def builtin(self, name: str) -> Setting | None:
        """The setting of a built-in reading; None if the programme has it not."""
        index = self.prepared.builtins.get(name)
        return None if index is None else self._setting(index)

    def reading_is(self, name: str, word: str) -> Value:
        """Whether a reading is set to a word."""
        index = self.prepared.reading_index[name]
        setting = self._setting(index)
        if not isinstance(setting, int):
            return silent()
        return (self.prepared.readings[index].values or ())[setting] == word

    def constant(self, key: str) -> Value:
        """A value of the programme."""
        return self.prepared.constants[key].value(self)

    def key(self, index: int) -> Value:
        """A key of the group, or of the row."""
        return self.keys[-1][index] if self.keys else None

    def lookup(self, table: str, column: str, keys: Sequence[Value]) -> Value:
        """A cell of a table."""
        return lookup(self, self.prepared.tables[table], column, keys)

    def over_column(self, op: str, key: str, column: str) -> Value:
        """An aggregate over a column of a table."""
        table = self.prepared.tables[key]
        if table.absent:
            return silent()
        rows = rows_of(self, table, column)
        return aggregate(op, [Counted(True, row.value) for row in rows])

    def split(
        self, total: Value, key: str, column: str, method: str, keys: Sequence[Value]
    ) -> Value:
        """The seats of the row that the keys choose, of a total split over the rows.

        What a tie leaves open is unknown.
        """
        table = self.prepared.tables[key]
        if table.absent:
            return silent()
        rows = rows_of(self, table, column)
        needs = all_needs([total, *keys, *(row.value for row in rows)])
        if needs:
            return Unknown(needs)
        if not is_number(total):
            return None
        if not isinstance(total, int):
            return Unknown()
        same = (i for i, row in enumerate(rows) if same_value(row.keys, list(keys)))
        at = next(same, None)
        if at is None:
            return silent()
        weights = [row.value if is_number(row.value) else 0 for row in rows]
        seats = seats_of(total, weights, method)[at]
        return silent() if seats is None else seats

    def length(self, value: Value) -> Value:
        """字数 of a text, number of items of a list."""
        if isinstance(value, str):
            return char_count(value, self.counts_punctuation())
        if isinstance(value, list):
            return len(value)
        return Unknown(value.needs) if isinstance(value, Unknown) else None

    def counts_punctuation(self) -> bool:
        """Whether 字数 counts punctuation; the reading's second word does not."""
        return self.builtin("length") != 1

    def band(self) -> Number | None:
        """The band of the reading `about`, as a fraction of one; None without one."""
        setting = self.builtin("about")
        return setting.band if isinstance(setting, BandSetting) else None

    def about(self, value: Value, target: Value) -> Value:
        """Whether a value lies within the band around a target."""
        if value is None or target is None:
            return None
        band = self.band()
        return silent() if band is None else within(value, target, band)

    def level(self, list_key: str, value: Value) -> Value:
        """The rank of a closed list's value."""
        if not isinstance(value, str):
            return value
        return self.prepared.lists[list_key].level(value)

    def days(self, a: Value, relation: str, b: Value) -> Value:
        """Compares days; a moment counts as its local day."""
        return self._compare_times(a, relation, b, self._day_number)

    def _day_number(self, value: Value) -> int | None:
        day = self._local_day(value)
        return None if day is None else day.number

    def _local_day(self, value: Value) -> Day | None:
        if isinstance(value, Day):
            return value
        zone = self.prepared.zone
        if isinstance(value, Moment) and zone is not None:
            return zone.day_of(value)
        return None

    def shifted_times(self, date: Value, by: Duration, times: Value) -> Value:
        """The same with a duration taken so many times.

        A whole number, and not beyond all reach.
        """
        if date is None or times is None:
            return None
        if isinstance(date, Unknown) or isinstance(times, Unknown):
            return Unknown(all_needs((date, times)))
        if not isinstance(times, int) or abs(times) > _MOST_TIMES:
            return out_of_reach(self.prepared, by)
        return self.shifted(date, Duration(by.count * times, by.unit))

    def days_between(self, start: Value, end: Value) -> Value:
        """How many days the second day lies after the first.

        A moment counts as its local day.
        """
        return self._elapsed(start, end, days_until)

    def months_between(self, start: Value, end: Value) -> Value:
        """How many complete months."""
        return self._elapsed(start, end, months_until)

    def years_between(self, start: Value, end: Value) -> Value:
        """How many complete years."""
        return self._elapsed(start, end, years_until)

    def of_day(self, part: str, of: Value) -> Value:
        """What is read off one day; a moment counts as its local day."""
        if of is None:
            return None
        day = self._local_day(of)
        if day is None:
            return Unknown(all_needs((of,)))
        found = part_of_day(day, part)
        return Unknown() if found is None else found

    def _elapsed(
        self, start: Value, end: Value, until: Callable[[Day, Day], int]
    ) -> Value:
        if start is None or end is None:
            return None
        a, b = self._local_day(start), self._local_day(end)
        if a is None or b is None:
            return Unknown(all_needs((start, end)))
        return until(a, b)

    def moments(self, a: Value, relation: str, b: Value) -> Value:
        """Compares moments.

        What is known only by its day counts as the beginning of that day.
        """
        return self._compare_times(a, relation, b, self._second)

    def _second(self, value: Value) -> int | None:
        if isinstance(value, Moment):
            return value.seconds
        zone = self.prepared.zone
        if isinstance(value, Day) and zone is not None:
            start = zone.start_of(value)
            return None if start is None else start.seconds
        return None

    def _compare_times(
        self, a: Value, relation: str, b: Value, place: Callable[[Value], int | None]
    ) -> Value:
        if a is None or b is None:
            return None
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            return Unknown(all_needs((a, b)))
        x, y = place(a), place(b)
        if x is None or y is None:
            return Unknown()
        if relation == "before":
            return self._boundary("before", x < y, x == y)
        if relation == "after":
            return self._boundary("after", x > y, x == y)
        return in_relation(relation, x - y)

    def _boundary(self, reading: str, beyond: bool, on: bool) -> Value:
        """Before or after: on the boundary itself the reading decides."""
        if not on:
            return beyond
        setting = self.builtin(reading)
        if setting is None or setting == 0:
            return True
        return False if isinstance(setting, int) else silent()

    def shifted(self, date: Value, by: Duration) -> Value:
        """A day or moment plus a duration.

        Days and weeks after a moment are so many hours; all else counts from its local
        day.
        """
        if isinstance(date, Moment):
            if by.unit in _SECONDS:
                return Moment(date.seconds + by.count * _SECONDS[by.unit])
            if self.prepared.zone is None:
                return Unknown()
            date = self.prepared.zone.day_of(date)
        if not isinstance(date, Day):
            return date
        return later(self.prepared, date, by) or out_of_reach(self.prepared, by)

    def divided(self, a: Value, b: Value, denominator: str | None = None) -> Value:
        """a ÷ b; a division by zero is unknown, and a note names the denominator."""
        return self._divided(a, b, denominator, constant=False)

    def divided_by_constant(
        self, a: Value, b: Value, denominator: str | None = None
    ) -> Value:
        """a ÷ b, of which b is a constant of the programme."""
        return self._divided(a, b, denominator, constant=True)

    def _divided(
        self, a: Value, b: Value, denominator: str | None, *, constant: bool
    ) -> Value:
        if a is None or b is None:
            return None
        if not is_number(b):
            return open_quotient(a, b)
        inverse = divide(1, b)
        if inverse is None:
            self.note_zero(denominator)
            return open_quotient(a, b)
        if is_number(a):
            return multiply(a, inverse)
        return scaled(a, inverse) if constant else open_quotient(a)

    def note_zero(self, denominator: str | None) -> None:
        """A data note on what is being evaluated, once."""
        key = "" if self.subject is None else self.subject.key
        clauses = () if self.subject is None else self.subject.clauses
        message = messages.ZERO
        if denominator is not None:
            message = messages.about(messages.ZERO_NAMED, denominator)
        add_note(self.notes, Note(key, clauses, message))


def in_relation(relation: str, order: int) -> bool:
    """Whether an order, below zero, zero or above zero, is in a relation."""
    if relation == "equal":
        return order == 0
    if relation == "notEqual":
        return order != 0
    if relation == "less":
        return order < 0
    if relation == "atMost":
        return order <= 0
    return order > 0 if relation == "more" else order >= 0


def add_note(notes: list[Note], note: Note) -> None:
    """Adds a note of ours that does not stand there yet."""
    for there in notes:
        if there.rule == note.rule and there.message.zh == note.message.zh:
            return
    notes.append(note)
