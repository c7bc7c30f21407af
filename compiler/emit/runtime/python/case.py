"""A whole case: its header, entries by track, judgements, materials, events.

In: a Spot. Out: a Case, complete and typed, nothing evaluated; or a Refusal raised.
Always: an entry that was left out, null or blank is None; one that is not acceptable
is BAD, and its fault stands in `faults`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple

from .date import Day, parse_day
from .entry import Entries
from .json import Spot, below
from .read import (
    Names,
    Time,
    boolean,
    each_item,
    each_member,
    filled,
    object_,
    string,
    when,
)
from .refusal import Refusal, there_are
from .shared import CODES
from .text import is_blank
from .value import Data

if TYPE_CHECKING:
    from .prepared import Prepared, PreparedTrack, Shape


class CaseEntry:
    """What was entered for an input; of a register also its day."""

    __slots__ = ("as_of", "at", "data")

    def __init__(self) -> None:
        self.data: Data = None
        self.as_of: Day | None = None
        self.at: Time = None


class Sheet:
    """What was judged, attested and registered of a rule or member."""

    __slots__ = ("as_of", "at", "attested", "external", "judgements")

    def __init__(self) -> None:
        self.judgements: bool | None = None
        self.attested: bool | None = None
        self.external: bool | None = None
        self.at: Time = None
        self.as_of: Day | None = None


class Copy(NamedTuple):
    """One copy of a material."""

    format: str | None
    sealed: bool | None


class Event:
    """Something that happened to a case."""

    __slots__ = ("at", "by", "channel", "outcome", "stage")

    def __init__(self) -> None:
        self.stage: str | None = None
        self.outcome: str | None = None
        self.by: str | None = None
        self.at: Time = None
        self.channel: str | None = None


class Fault(NamedTuple):
    """What is wrong with the entry of an input."""

    slot: int
    path: str
    problem: str


class Case:
    """One application."""

    def __init__(self, track: PreparedTrack) -> None:
        self.track = track
        self.version: str | None = None
        self.id: str | None = None
        self.withdrawn = False
        self.entries = [CaseEntry() for _ in track.inputs]
        """One an input of the track."""
        self.faults: list[Fault] = []
        """In order of input and path."""
        self.sheets: dict[str, Sheet] = {}
        """Of rules and members, by key."""
        self.reasons: dict[str, str] = {}
        self.materials: dict[str, list[Copy]] = {}
        self.events: list[Event] = []

    def last_event(self, stage: str) -> Event | None:
        """Its last event at a stage."""
        events = (event for event in reversed(self.events) if event.stage == stage)
        return next(events, None)

    def last_at(self, stage: str) -> Time:
        """When that happened."""
        event = self.last_event(stage)
        return None if event is None else event.at


# Members of a case.
_MEMBERS = dict.fromkeys(
    (
        "programme",
        "version",
        "id",
        "track",
        "form",
        "facts",
        "attested",
        "judgements",
        "external",
        "reasons",
        "materials",
        "events",
        "withdrawn",
    )
)


def read_case(prepared: Prepared, spot: Spot, pointer: str = "") -> Case:
    """Reads a case that stands at `pointer` of its text."""
    track = _track_of(prepared, spot, pointer)
    reader = _Reader(prepared, track, len(pointer))
    for name, value, place in each_member(spot, pointer, _MEMBERS):
        reader.member(name, value, place)
    reader.case.faults.sort(key=lambda fault: (fault.slot, fault.path))
    return reader.case


def our_programme(prepared: Prepared, spot: Spot, pointer: str) -> None:
    """The programme must be ours."""
    programme = _required(spot, pointer, "programme")
    place = below(pointer, "programme")
    name = string(programme, place)
    if name != prepared.programme:
        ours = prepared.programme
        zh = f"这是“{name}”的申报，本项目是“{ours}”"
        en = f"this is a case of `{name}`; this programme is `{ours}`"
        raise Refusal(CODES["OTHER_PROGRAMME"], programme.at, place, zh, en)


def _track_of(prepared: Prepared, spot: Spot, pointer: str) -> PreparedTrack:
    """The track must be one of ours."""
    our_programme(prepared, spot, pointer)
    value = _required(spot, pointer, "track")
    place = below(pointer, "track")
    key = string(value, place)
    track = prepared.tracks.get(key)
    if track is not None:
        return track
    zh, en = f"没有名为“{key}”的类别", f"there is no track `{key}`"
    help = there_are(prepared.tracks)
    raise Refusal(CODES["UNKNOWN_TRACK"], value.at, place, zh, en, help)


def _required(spot: Spot, pointer: str, name: str) -> Spot:
    """The value of a member that must be there."""
    for member in object_(spot, pointer):
        if member.name == name and member.value.node is not None:
            return member.value
    zh, en = f"缺少“{name}”", f"`{name}` is missing"
    raise Refusal(CODES["MISSING_MEMBER"], spot.at, pointer, zh, en)


BESIDE = {
    "judgements": dict.fromkeys(("value", "by", "at", "reason")),
    "attested": dict.fromkeys(("value", "evidence")),
    "external": dict.fromkeys(("value", "as_of", "evidence")),
}
"""Members that stand beside a value with its origin."""


class _Reader:
    def __init__(self, prepared: Prepared, track: PreparedTrack, outer: int) -> None:
        self.prepared = prepared
        self.case = Case(track)
        self.outer = outer

    def member(self, name: str, value: Spot, place: str) -> None:
        case, track = self.case, self.case.track
        if name == "version":
            case.version = filled(value, place)
        elif name == "id":
            case.id = filled(value, place)
        elif name == "withdrawn":
            case.withdrawn = boolean(value, place)
        elif name in ("form", "facts"):
            self.entries(track.part(name), value, place)
        elif name in BESIDE:
            self.sheets(name, value, place)
        elif name == "reasons":
            case.reasons = read_reasons(value, place, track.reason_keys)
        elif name == "materials":
            case.materials = read_materials(value, place, track.material_keys)
        elif name == "events":
            case.events = each_item(value, place, _read_event)

    def entries(self, shape: Shape, spot: Spot, pointer: str) -> None:
        """Entered values: a tree of groups down to the inputs."""
        for name, value, place in each_member(spot, pointer, shape):
            found = shape[name]
            if isinstance(found, int):
                self.entry(found, value, place)
            elif isinstance(found, dict):
                self.entries(found, value, place)

    def entry(self, slot: int, spot: Spot, pointer: str) -> None:
        reader = Entries(self.prepared)
        declared = self.case.track.inputs[slot]
        self.case.entries[slot].data = reader.read(spot, declared.type, pointer)
        for path, problem in reader.faults:
            self.case.faults.append(Fault(slot, path[self.outer :], problem))

    def sheets(self, origin: str, spot: Spot, pointer: str) -> None:
        """`judgements`, `attested`, `external`: of facts, or of rules and members."""
        shape = self.case.track.part(origin)
        for name, value, place in each_member(spot, pointer, shape):
            found = shape[name]
            if isinstance(found, int):
                self.sheet_entry(found, origin, value, place)
            elif isinstance(found, str):
                self.sheet(found, origin, value, place)

    def sheet(self, key: str, origin: str, spot: Spot, pointer: str) -> None:
        sheet = self.case.sheets.setdefault(key, Sheet())

        def read(value: Spot, place: str) -> None:
            setattr(sheet, origin, boolean(value, place))

        _with_origin(origin, spot, pointer, sheet, read)

    def sheet_entry(self, slot: int, origin: str, spot: Spot, pointer: str) -> None:
        def read(value: Spot, place: str) -> None:
            self.entry(slot, value, place)

        _with_origin(origin, spot, pointer, self.case.entries[slot], read)


def _with_origin(
    origin: str,
    spot: Spot,
    pointer: str,
    into: Sheet | CaseEntry,
    read: Callable[[Spot, str], None],
) -> None:
    """Reads a value, and what stands beside it."""
    for name, value, place in each_member(spot, pointer, BESIDE[origin]):
        if name == "value":
            read(value, place)
            continue
        text = string(value, place)
        if name == "at":
            into.at = when(value, place)
        elif name == "as_of":
            into.as_of = parse_day(text)


def read_reasons(spot: Spot, pointer: str, known: Names) -> dict[str, str]:
    """Written reasons by key; a blank one is none."""
    reasons = {}
    for name, value, place in each_member(spot, pointer, known):
        reason = string(value, place)
        if not is_blank(reason):
            reasons[name] = reason
    return reasons


def read_materials(spot: Spot, pointer: str, known: Names) -> dict[str, list[Copy]]:
    """Materials by key, each a list of copies."""
    members = each_member(spot, pointer, known)
    return {name: each_item(value, place, _read_copy) for name, value, place in members}


_COPY = dict.fromkeys(("format", "sealed"))


def _read_copy(spot: Spot, pointer: str) -> Copy:
    copy = Copy(None, None)
    for name, value, place in each_member(spot, pointer, _COPY):
        if name == "format":
            copy = copy._replace(format=filled(value, place))
        else:
            copy = copy._replace(sealed=boolean(value, place))
    return copy


_EVENT = dict.fromkeys(("stage", "outcome", "by", "at", "channel"))


def _read_event(spot: Spot, pointer: str) -> Event:
    event = Event()
    for name, value, place in each_member(spot, pointer, _EVENT):
        if name == "at":
            event.at = when(value, place)
        else:
            setattr(event, name, filled(value, place))
    return event
