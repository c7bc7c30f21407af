"""A whole case: its header, entries by track, judgements, materials, events.

In: a Spot. Out: a Case, complete and typed, nothing evaluated; or a Refusal raised.
Always: an entry that was left out, null or blank is None; one that is not acceptable
is BAD, and its fault stands in `faults`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple

from .date import Day, parse_day
from .entry import DECIMALS, Entries, number_in
from .json import parsed, scan, spot_of
from .place import Place, below, pointer_to
from .read import (
    Names,
    Time,
    at_of,
    boolean,
    each_item,
    each_member,
    filled,
    member_of,
    string,
    when,
)
from .refusal import Refusal, there_are
from .shared import CODES
from .text import is_blank
from .value import BAD, Data

if TYPE_CHECKING:
    from .prepared import Prepared, PreparedTrack, Shape


class Origin:
    """What stands beside an entry: when it was judged, the day of a register."""

    __slots__ = ("as_of", "at")

    def __init__(self) -> None:
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
        self.entries: list[Data] = [None] * len(track.inputs)
        """One an input of the track; a decimal may still be as written (`data`)."""
        self.origins: dict[int, Origin] = {}
        """Of entries with an origin, by position of the input."""
        self.faults: list[Fault] = []
        """In order of input and path."""
        self.sheets: dict[str, Sheet] = {}
        """Of rules and members, by key."""
        self.reasons: dict[str, str] = {}
        self.materials: dict[str, list[Copy]] = {}
        self.events: list[Event] = []

    def data(self, slot: int) -> Data:
        """What was entered for an input."""
        data = self.entries[slot]
        if type(data) is str:
            field = self.track.inputs[slot].type
            if field.kind in DECIMALS:
                data = self.entries[slot] = number_in(field, data)
        return data

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


def read_text(prepared: Prepared, text: str) -> Case:
    """Reads a case from its text.

    Spot by spot only where something is to be refused.
    """
    try:
        return read_case(prepared, parsed(text))
    except (Refusal, ValueError, RecursionError):
        return read_case(prepared, scan(text))


def read_value(prepared: Prepared, value: object) -> Case:
    """Reads a case from parsed JSON."""
    try:
        return read_case(prepared, value)
    except Refusal:
        return read_case(prepared, spot_of(value))


def read_case(prepared: Prepared, spot: object, pointer: Place = "") -> Case:
    """Reads a case that stands at `pointer` of its text."""
    track = _track_of(prepared, spot, pointer)
    reader = _Reader(prepared, track, len(pointer_to(pointer)))
    for name, value, place in each_member(spot, pointer, _MEMBERS):
        reader.member(name, value, place)
    reader.case.faults.sort(key=lambda fault: (fault.slot, fault.path))
    return reader.case


def our_programme(prepared: Prepared, spot: object, pointer: Place) -> None:
    """The programme must be ours."""
    programme = _required(spot, pointer, "programme")
    place = below(pointer, "programme")
    name = string(programme, place)
    if name != prepared.programme:
        ours = prepared.programme
        zh = f"这是“{name}”的申报，本项目是“{ours}”"
        en = f"this is a case of `{name}`; this programme is `{ours}`"
        raise Refusal(CODES["OTHER_PROGRAMME"], at_of(programme), place, zh, en)


def _track_of(prepared: Prepared, spot: object, pointer: Place) -> PreparedTrack:
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
    raise Refusal(CODES["UNKNOWN_TRACK"], at_of(value), place, zh, en, help)


def _required(spot: object, pointer: Place, name: str) -> object:
    """The value of a member that must be there."""
    found = member_of(spot, pointer, name)
    if found is not None:
        return found
    zh, en = f"缺少“{name}”", f"`{name}` is missing"
    raise Refusal(CODES["MISSING_MEMBER"], at_of(spot), pointer, zh, en)


BESIDE = {
    "judgements": dict.fromkeys(("value", "by", "at", "reason")),
    "attested": dict.fromkeys(("value", "evidence")),
    "external": dict.fromkeys(("value", "as_of", "evidence")),
}
"""Members that stand beside a value with its origin."""


class _Reader:
    def __init__(self, prepared: Prepared, track: PreparedTrack, outer: int) -> None:
        self.case = Case(track)
        self.values = Entries(prepared)
        self.outer = outer

    def member(self, name: str, value: object, place: Place) -> None:
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

    def entries(self, shape: Shape, spot: object, pointer: Place) -> None:
        """Entered values: a tree of groups down to the inputs."""
        members = spot if type(spot) is dict else None
        if members is None or not self.plain_entries(shape, members):
            for name, value, place in each_member(spot, pointer, shape):
                found = shape[name]
                if isinstance(found, int):
                    self.entry(found, value, place)
                elif isinstance(found, dict):
                    self.entries(found, value, place)

    def plain_entries(self, shape: Shape, members: dict[str, object]) -> bool:
        """Takes a group of inputs, if each entry surely is as it should be."""
        entries, plain = self.case.entries, self.case.track.plain
        for name, value in members.items():
            slot = shape.get(name)
            if type(slot) is not int:
                return False
            data = plain[slot](value)
            if data is BAD:
                return False
            entries[slot] = data
        return True

    def entry(self, slot: int, spot: object, pointer: Place) -> None:
        reader, declared = self.values, self.case.track.inputs[slot]
        self.case.entries[slot] = reader.read(spot, declared.type, pointer)
        for place, problem in reader.faults:
            path = pointer_to(place)[self.outer :]
            self.case.faults.append(Fault(slot, path, problem))
        reader.faults.clear()

    def sheets(self, origin: str, spot: object, pointer: Place) -> None:
        """`judgements`, `attested`, `external`: of facts, or of rules and members."""
        shape = self.case.track.part(origin)
        for name, value, place in each_member(spot, pointer, shape):
            found = shape[name]
            if isinstance(found, int):
                self.sheet_entry(found, origin, value, place)
            elif isinstance(found, str):
                self.sheet(found, origin, value, place)

    def sheet(self, key: str, origin: str, spot: object, pointer: Place) -> None:
        sheet = self.case.sheets.setdefault(key, Sheet())

        def read(value: object, place: Place) -> None:
            setattr(sheet, origin, boolean(value, place))

        _with_origin(origin, spot, pointer, sheet, read)

    def sheet_entry(self, slot: int, origin: str, spot: object, pointer: Place) -> None:
        def read(value: object, place: Place) -> None:
            self.entry(slot, value, place)

        beside = self.case.origins.setdefault(slot, Origin())
        _with_origin(origin, spot, pointer, beside, read)


def _with_origin(
    origin: str,
    spot: object,
    pointer: Place,
    into: Sheet | Origin,
    read: Callable[[object, Place], None],
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


def read_reasons(spot: object, pointer: Place, known: Names) -> dict[str, str]:
    """Written reasons by key; a blank one is none."""
    reasons = {}
    for name, value, place in each_member(spot, pointer, known):
        reason = string(value, place)
        if not is_blank(reason):
            reasons[name] = reason
    return reasons


def read_materials(spot: object, pointer: Place, known: Names) -> dict[str, list[Copy]]:
    """Materials by key, each a list of copies."""
    members = each_member(spot, pointer, known)
    return {name: each_item(value, place, _read_copy) for name, value, place in members}


_COPY = dict.fromkeys(("format", "sealed"))


def _read_copy(spot: object, pointer: Place) -> Copy:
    copy = Copy(None, None)
    for name, value, place in each_member(spot, pointer, _COPY):
        if name == "format":
            copy = copy._replace(format=filled(value, place))
        else:
            copy = copy._replace(sealed=boolean(value, place))
    return copy


_EVENT = dict.fromkeys(("stage", "outcome", "by", "at", "channel"))


def _read_event(spot: object, pointer: Place) -> Event:
    event = Event()
    for name, value, place in each_member(spot, pointer, _EVENT):
        if name == "at":
            event.at = when(value, place)
        else:
            setattr(event, name, filled(value, place))
    return event
