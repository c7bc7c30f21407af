"""The lines of a batch: cases, packages, decisions.

In: a text of JSON lines, or a list of the same as parsed JSON. Out: a Batch, in the
order given.
Always: blank lines are passed over; a package or decision may stand before the cases
that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import (
    TYPE_CHECKING,
    Callable,
    NoReturn,
    Union,
)

from .case import Case, Copy, read_case, read_materials, read_reasons
from .json import Digits, Members, Spot, scan, spot_of
from .place import Place, below, pointer_to
from .read import (
    Time,
    boolean,
    each_item,
    each_member,
    filled,
    integer,
    string,
    when,
    wrong_type,
)
from .refusal import Refusal, meant, reading
from .shared import CODES
from .text import is_blank

if TYPE_CHECKING:
    from .prepared import Prepared

Cell = Union[None, str, bool, int]
"""A cell of a summary."""


class Package:
    """What one actor sends at one stage."""

    def __init__(self) -> None:
        self.id: str | None = None
        self.stage: str | None = None
        self.by: str | None = None
        self.key: dict[str, str] = {}
        self.at: Time = None
        self.cases: list[str] = []
        self.summary: list[dict[str, Cell]] | None = None
        self.materials: dict[str, list[Copy]] = {}
        self.reasons: dict[str, str] = {}
        self.channel: str | None = None


class Decision:
    """A recorded override of a quota."""

    def __init__(self) -> None:
        self.quota: str | None = None
        self.key: dict[str, str] = {}
        self.by: str | None = None
        self.why: str | None = None
        self.at: str | None = None


class Batch:
    """All lines, by what they are."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.packages: list[Package] = []
        self.decisions: list[Decision] = []


def read_lines(prepared: Prepared, lines: str | Iterable[object]) -> Batch:
    """Reads all lines.

    A refusal's line is the line of the text, or the number of the value.
    """
    reader = _Lines(prepared)
    each_line(lines, reader.line)
    return reader.batch


_BLANK_LINE = re.compile(r"[ \t\r]*")


def each_line(lines: str | Iterable[object], read: Callable[[Spot], None]) -> None:
    """Goes through lines that are not blank; what is refused gets its place."""
    if not isinstance(lines, str):
        for i, value in enumerate(lines):
            with reading("", i):
                read(spot_of(value))
        return
    for i, line in enumerate(without_mark(lines).split("\n")):
        if _BLANK_LINE.fullmatch(line) is None:
            with reading(line, i):
                read(scan(line))


def without_mark(text: str) -> str:
    """The text without a byte order mark at its start."""
    return text[1:] if text.startswith("\ufeff") else text


# What a line may be.
_LINES = dict.fromkeys(("case", "package", "decision"))


class _Lines:
    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.batch = Batch()
        self.seen: dict[str, set[str]] = {"case": set(), "package": set()}

    def line(self, spot: Spot) -> None:
        count = 0
        for name, value, place in each_member(spot, "", _LINES):
            count += 1
            if name == "case":
                case = read_case(self.prepared, value, place)
                self.once(case.id, name, value, place)
                self.batch.cases.append(case)
            elif name == "package":
                package = self.package(value, place)
                self.once(package.id, name, value, place)
                self.batch.packages.append(package)
            else:
                self.batch.decisions.append(self.decision(value, place))
        if count != 1:
            zh = "一行应是一个 case、package 或 decision"
            en = "a line should be one case, package or decision"
            raise Refusal(CODES["MISSING_MEMBER"], spot.at, "", zh, en)

    def once(self, id: str | None, name: str, value: Spot, place: Place) -> None:
        """An id stands once in a batch."""
        if id is None:
            return
        seen = self.seen[name]
        if id in seen:
            zh, en = f"编号“{id}”用了两次", f"the id `{id}` is used twice"
            code = CODES["BATCH_REFERENCE"]
            raise Refusal(code, value.at, below(place, "id"), zh, en)
        seen.add(id)

    def package(self, spot: Spot, pointer: Place) -> Package:
        prepared = self.prepared
        read = Package()
        for name, value, place in each_member(spot, pointer, _PACKAGE):
            if name == "stage":
                read.stage = self.stage(value, place)
            elif name == "key":
                read.key = _read_key(value, place)
            elif name == "at":
                read.at = when(value, place)
            elif name == "cases":
                read.cases = each_item(value, place, string)
            elif name == "summary":
                read.summary = each_item(value, place, self.row)
            elif name == "materials":
                known = prepared.package_material_keys
                read.materials = read_materials(value, place, known)
            elif name == "reasons":
                read.reasons = read_reasons(value, place, prepared.quota_keys)
            else:
                setattr(read, name, filled(value, place))
        return read

    def stage(self, spot: Spot, pointer: Place) -> str | None:
        """A stage of the programme."""
        name = string(spot, pointer)
        if name in self.prepared.stages:
            return filled(spot, pointer)
        raise Refusal(
            CODES["NO_SUCH_STAGE"],
            spot.at,
            pointer,
            f"没有名为“{name}”的环节",
            f"there is no stage `{name}`",
            meant(name, self.prepared.stages),
        )

    def row(self, spot: Spot, pointer: Place) -> dict[str, Cell]:
        """A row of a summary.

        Cells by their pointers within the row, and at `/case` the id of its case.
        """
        row: dict[str, Cell] = {}
        heads = self.prepared.summary_keys
        for name, value, place in each_member(spot, pointer, heads):
            at, inner = pointer_to(below("", name)), heads[name]
            if not inner:
                row[at] = _read_cell(value, place)
                continue
            for column, cell, cell_place in each_member(value, place, inner):
                row[pointer_to(below(at, column))] = _read_cell(cell, cell_place)
        return row

    def decision(self, spot: Spot, pointer: Place) -> Decision:
        read = Decision()
        for name, value, place in each_member(spot, pointer, _DECISION):
            if name == "quota":
                read.quota = self.quota(value, place)
            elif name == "key":
                read.key = _read_key(value, place)
            else:
                setattr(read, name, filled(value, place))
        return read

    def quota(self, spot: Spot, pointer: Place) -> str:
        name = string(spot, pointer)
        if name in self.prepared.quota_keys:
            return name
        zh, en = f"没有名为“{name}”的名额", f"there is no quota `{name}`"
        raise Refusal(CODES["BATCH_REFERENCE"], spot.at, pointer, zh, en)


_PACKAGE = dict.fromkeys(
    (
        "id",
        "stage",
        "by",
        "key",
        "at",
        "cases",
        "summary",
        "materials",
        "reasons",
        "channel",
    )
)

_DECISION = dict.fromkeys(("quota", "key", "by", "why", "at"))


def _read_key(spot: Spot, pointer: Place) -> dict[str, str]:
    """A key: a bare value, under the empty name, or values by key name."""
    if not isinstance(spot.node, Members):
        return {"": read_key_text(spot, pointer)}
    members = each_member(spot, pointer, None)
    return {name: read_key_text(value, place) for name, value, place in members}


def _plain_value(spot: Spot, pointer: Place) -> NoReturn:
    zh, en = "字符串、数字或是/否", "a string, a number or true/false"
    wrong_type(spot, pointer, zh, en)


def read_key_text(spot: Spot, pointer: Place) -> str:
    """A value of a key, as text."""
    node = spot.node
    if isinstance(node, bool):
        return "true" if node else "false"
    if isinstance(node, str):
        return node
    if isinstance(node, Digits):
        return str(integer(spot, pointer))
    _plain_value(spot, pointer)


def _read_cell(spot: Spot, pointer: Place) -> Cell:
    """A cell: None, a text, a whole number, yes or no."""
    node = spot.node
    if isinstance(node, str):
        return None if is_blank(node) else node
    if isinstance(node, bool):
        return boolean(spot, pointer)
    if isinstance(node, Digits):
        return integer(spot, pointer)
    _plain_value(spot, pointer)
