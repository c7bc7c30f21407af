"""The lines of reports on targets: strict, like cases.

In: a text of JSON lines, or a list of the same as parsed JSON. Out: reports.
Always: blank lines are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Union

from .case import BESIDE, Fault, our_programme
from .date import Day, Moment
from .definition import TargetInput, Targets
from .entry import Entries
from .json import Members, Spot
from .place import Place, pointer_to
from .lines import each_line, read_key_text
from .read import (
    each_member,
    filled,
    integer,
    member_of,
    string,
    when,
    wrong_type,
)
from .refusal import Refusal, meant
from .shared import CODES
from .target_period import Period
from .value import Data

if TYPE_CHECKING:
    from .prepared import Prepared

Reported = Union[None, list[Data], "One"]
"""What a report says of an input: nothing, one value, or one for each key."""


class One:
    """One value."""

    __slots__ = ("data",)

    def __init__(self, data: Data) -> None:
        self.data = data


class TargetReport:
    """One report."""

    def __init__(self, block: Targets, period: Period) -> None:
        self.block = block
        self.period = period
        self.id: str | None = None
        self.key: str | None = None
        self.start: Day | None = None
        """The day from which the block's years count."""
        self.entries: list[Reported] = [None for _ in block.inputs]
        self.faults: list[Fault] = []


_MEMBERS = dict.fromkeys(
    (
        "programme",
        "targets",
        "id",
        "key",
        "year",
        "at",
        "from",
        "values",
        "judgements",
        "attested",
        "external",
    )
)

_PLACES = ("values", "judgements", "attested", "external")


def read_reports(
    prepared: Prepared, lines: str | Iterable[object]
) -> list[TargetReport]:
    """Reads all reports.

    A refusal's line is the line of the text, or the number of the value.
    """
    reports: list[TargetReport] = []
    each_line(lines, lambda spot: reports.append(_read_report(prepared, spot)))
    return reports


def _read_report(prepared: Prepared, spot: Spot) -> TargetReport:
    our_programme(prepared, spot, "")
    report = TargetReport(_block_of(prepared, spot), Period())
    year: Period | None = None
    at: Period | None = None
    for name, value, place in each_member(spot, "", _MEMBERS):
        if name == "id":
            report.id = filled(value, place)
        elif name == "key":
            report.key = read_key_text(value, place)
        elif name == "year":
            year = _read_year(value, place)
        elif name == "at":
            at = Period(day=_read_day(prepared, value, place))
        elif name == "from":
            report.start = _read_day(prepared, value, place)
    period = at or year
    if period is None:
        zh, en = "缺少“year”或“at”", "`year` or `at` is missing"
        raise Refusal(CODES["MISSING_MEMBER"], spot.at, "", zh, en)
    report.period = period
    for place in _PLACES:
        entries = member_of(spot, "", place)
        if entries is not None:
            _read_entries(prepared, report, place, entries)
    return report


def _block_of(prepared: Prepared, spot: Spot) -> Targets:
    """The block that a report is on; with one block it goes without saying."""
    value = member_of(spot, "", "targets")
    blocks = prepared.targets
    if value is None:
        if len(blocks) == 1:
            return blocks[0]
        zh, en = "缺少“targets”", "`targets` is missing"
        raise Refusal(CODES["MISSING_MEMBER"], spot.at, "", zh, en)
    name = string(value, "/targets")
    for block in blocks:
        if block.key == name:
            return block
    raise Refusal(
        CODES["UNKNOWN_MEMBER"],
        value.at,
        "/targets",
        f"没有名为“{name}”的目标",
        f"there are no targets `{name}`",
        meant(name, [block.key for block in blocks]),
    )


def _read_year(spot: Spot, pointer: Place) -> Period:
    """`2020`, or the block's year `1`."""
    year = integer(spot, pointer)
    if 1000 <= year <= 9999:
        return Period(year=year)
    if 1 <= year < 1000:
        return Period(nth=year)
    where = pointer_to(pointer)
    raise Refusal(
        CODES["NUMBER_RANGE"],
        spot.at,
        pointer,
        f"“{where}”应为 1 到 9999",
        f"`{where}` should be from 1 to 9999",
    )


def _read_day(prepared: Prepared, spot: Spot, pointer: Place) -> Day:
    at = when(spot, pointer)
    if isinstance(at, Moment) and prepared.zone is not None:
        return prepared.zone.day_of(at)
    if isinstance(at, Day):
        return at
    where = pointer_to(pointer)
    raise Refusal(
        CODES["WRONG_TYPE"],
        spot.at,
        pointer,
        f"“{where}”应为日期，例如 2020-12-31",
        f"`{where}` should be a day, such as 2020-12-31",
    )


def _read_entries(
    prepared: Prepared, report: TargetReport, place: str, spot: Spot
) -> None:
    """The members of `values`, `judgements`, `attested` or `external`."""
    inputs = report.block.inputs
    known: dict[str, int] = {}
    for slot, declared in enumerate(inputs):
        if declared.place == place:
            known[declared.key] = slot
    for name, value, pointer in each_member(spot, f"/{place}", known):
        slot = known[name]
        reader = _Reader(prepared, inputs[slot], slot, report)
        report.entries[slot] = reader.read(value, pointer)


class _Reader:
    def __init__(
        self, prepared: Prepared, declared: TargetInput, slot: int, report: TargetReport
    ) -> None:
        self.prepared = prepared
        self.declared = declared
        self.slot = slot
        self.report = report

    def read(self, spot: Spot, pointer: Place) -> Reported:
        """One value, or one a value of the list of `for all`.

        A body of that list may state its own.
        """
        if self.declared.for_all is None:
            return One(self.entry(spot, pointer))
        index = self.prepared.lists[self.declared.for_all].index
        by_key: list[Data] = [None for _ in index]
        if _is_by_key(spot, self.declared.place):
            for name, value, at in each_member(spot, pointer, index):
                by_key[index[name]] = self.entry(value, at)
            return by_key
        own = None if self.report.key is None else index.get(self.report.key)
        if own is None:
            zh, en = "每个对象各一个值", "an object with a value for each"
            wrong_type(spot, pointer, zh, en)
        by_key[own] = self.entry(spot, pointer)
        return by_key

    def entry(self, spot: Spot, pointer: Place) -> Data:
        known = BESIDE.get(self.declared.place)
        if known is None:
            return self.value(spot, pointer)
        data: Data = None
        for name, value, at in each_member(spot, pointer, known):
            if name == "value":
                data = self.value(value, at)
            else:
                string(value, at)
        return data

    def value(self, spot: Spot, pointer: Place) -> Data:
        reader = Entries(self.prepared)
        data = reader.read(spot, self.declared.type, pointer)
        for place, problem in reader.faults:
            fault = Fault(self.slot, pointer_to(place), problem)
            self.report.faults.append(fault)
        return data


def _is_by_key(spot: Spot, place: str) -> bool:
    """Whether a value is written per key.

    An object, that of a judgement or statement left aside.
    """
    node = spot.node
    if not isinstance(node, Members):
        return False
    return place == "values" or all(member.name != "value" for member in node.list)
