"""A programme's definition, as the compiler writes it.

Always: as in vocabulary.py, which has what the definition is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Union, cast

from .date import Day, Zone
from .messages import Label, Labelled, Worded
from .value import Duration, Value
from .vocabulary import (
    Actor,
    Calendar,
    CaseFunction,
    Cell,
    ClosedList,
    Constant,
    FieldType,
    Reading,
    RecordType,
    Table,
    ValueType,
)

if TYPE_CHECKING:
    from .expression import Item
    from .scope import Scope

ItemFunction = Callable[["Item"], Value]
"""An expression, of an item of a list."""

Part = Union[CaseFunction, Callable[["Scope"], ItemFunction]]
"""A part of a rule: an expression, of an `each` rule one of its item."""

ByTrack = Mapping[str, CaseFunction]
"""Expressions by the key of the track in which they stand."""


@dataclass(eq=False)
class Format:
    """A format asked for."""

    name: str
    sealed: bool = False


@dataclass(eq=False)
class Refused:
    """A format turned away."""

    name: str
    clauses: Sequence[str]


@dataclass(eq=False)
class Material(Labelled):
    """A document that is handed in."""

    key: str
    clauses: Sequence[str]
    name: str | None = None
    label: Label | None = None
    per_package: bool = False
    tracks: Sequence[str] = ()
    by: str | None = None
    formats: Sequence[Format] = ()
    channel: str | None = None
    at: str | None = None
    when: ByTrack | None = None
    optional: bool = False
    only_needed: bool = False
    refuse: Sequence[Refused] = ()


@dataclass(eq=False)
class Document:
    """A form, material or summary that a stage handles."""

    form: str | None = None
    material: str | None = None
    summary: str | None = None


@dataclass(eq=False)
class Transition:
    """Where an outcome leads: `to` a stage, or to an end."""

    outcome: str
    when: ByTrack | None = None
    otherwise: bool = False
    to: str | None = None
    end: bool = False
    status: str | None = None


@dataclass(eq=False)
class Notice:
    """A public notice, and how long it stands at least."""

    clauses: Sequence[str]
    at_least: Duration | None = None


@dataclass(eq=False)
class Stage(Labelled):
    """A stage of a route."""

    key: str
    clauses: Sequence[str]
    transitions: Sequence[Transition]
    name: str | None = None
    label: Label | None = None
    by: str | None = None
    open: CaseFunction | None = None
    due: CaseFunction | None = None
    inferred: bool = False
    when: ByTrack | None = None
    hands_in: bool = False
    fills: Sequence[str] = ()
    reviews: Sequence[Document] = ()
    sends: Sequence[Document] = ()
    channel: str | None = None
    notice: Notice | None = None
    late: Transition | None = None


@dataclass(eq=False)
class Route:
    """The stages of some tracks."""

    tracks: Sequence[str]
    stages: Sequence[Stage]


@dataclass(eq=False)
class Column(Labelled):
    """A column of a summary."""

    key: str
    pointer: str
    type: FieldType
    clauses: Sequence[str]
    name: str | None = None
    label: Label | None = None
    optional: bool = False
    strength: str | None = None
    value: ByTrack | None = None
    shown: ValueType | None = None


@dataclass(eq=False)
class Summary(Labelled):
    """A table whose rows are cases."""

    key: str
    clauses: Sequence[str]
    columns: Sequence[Column]
    name: str | None = None
    label: Label | None = None
    form: str | None = None
    by: str | None = None
    absent: bool = False


@dataclass(eq=False)
class KeyRange:
    """Which values a key has: a closed list, a table's, or those present."""

    list: str | None = None
    constants: Sequence[Cell] | None = None
    type: ValueType | None = None


@dataclass(eq=False)
class KeyValue:
    """A key of the cases of one track."""

    value: CaseFunction
    type: ValueType


@dataclass(eq=False)
class GroupKey:
    """A key by which cases stand in groups: of a quota, or of a selection."""

    name: str
    range: KeyRange
    of: Mapping[str, KeyValue]


@dataclass(eq=False)
class Bound:
    """What a value is held against; `high` is the upper end of a range."""

    kind: str
    limit: CaseFunction
    type: ValueType
    high: CaseFunction | None = None


@dataclass(eq=False)
class Binding:
    """Whom a quota binds: a sender, or a decider."""

    sender: str | None = None
    decider: str | None = None


@dataclass(eq=False)
class Quota(Worded):
    """A check over many cases."""

    key: str
    clauses: Sequence[str]
    message: Label
    test: CaseFunction
    binding: Binding
    tracks: Sequence[str]
    strength: str | None = None
    at: str | None = None
    keys: Sequence[GroupKey] = ()
    every: bool = False
    when: CaseFunction | None = None
    value: CaseFunction | None = None
    type: ValueType | None = None
    share: bool = False
    grows: bool = False
    bound: Bound | None = None
    outcome: Mapping[str, str] | None = None
    soft: bool = False
    readings: Sequence[str] = ()


@dataclass(eq=False)
class Criterion:
    """What an order compares."""

    name: str
    of: Mapping[str, KeyValue]
    highest: bool = False


@dataclass(eq=False)
class Take:
    """How many are taken; the kind is one of these.

    "all", "number", "while", "passing" or "nearest".
    """

    kind: str
    of: ByTrack | None = None
    limit: CaseFunction | None = None
    type: ValueType | None = None
    least: CaseFunction | None = None


@dataclass(eq=False)
class Tie:
    """What becomes of equals; the kind is "admit all", "admit none" or "judged"."""

    kind: str
    by: str | None = None


@dataclass(eq=False)
class Assign:
    """What is given by wish, and how many places there are of it."""

    wishes: Mapping[str, KeyValue]
    places: CaseFunction


@dataclass(eq=False)
class Selection(Worded):
    """A proposal of whom to take, of many cases."""

    key: str
    clauses: Sequence[str]
    message: Label
    tracks: Sequence[str]
    order: Sequence[Criterion]
    take: Take
    recorded: Mapping[str, str]
    at: str | None = None
    keys: Sequence[GroupKey] = ()
    counted: Sequence[str] = ()
    when: ByTrack | None = None
    tied: Tie | None = None
    wait: CaseFunction | None = None
    refill: str | None = None
    assign: Assign | None = None
    readings: Sequence[str] = ()


@dataclass(eq=False)
class ReportedFrom:
    """The day, or the stage, from which a block's years count."""

    stage: str | None = None
    day: Day | None = None


@dataclass(eq=False)
class TargetInput(Labelled):
    """A reported number or judgement."""

    key: str
    clauses: Sequence[str]
    place: str
    type: FieldType
    name: str | None = None
    label: Label | None = None
    for_all: str | None = None


@dataclass(eq=False)
class Formula:
    """How an indicator is computed; of a ratio its numerator and denominator too."""

    value: CaseFunction
    part: CaseFunction | None = None
    base: CaseFunction | None = None


@dataclass(eq=False)
class Milestone:
    """What an indicator should be, and when."""

    clauses: Sequence[str]
    by: Day | None = None
    each_year: bool = False
    year: int | None = None
    total: bool = False
    bound: Bound | None = None
    soft: bool = False
    words: Label | None = None


@dataclass(eq=False)
class Indicator(Labelled):
    """What is measured."""

    key: str
    clauses: Sequence[str]
    type: ValueType
    name: str | None = None
    label: Label | None = None
    formula: Formula | None = None
    for_all: str | None = None
    reads: Sequence[int] = ()
    readings: Sequence[str] = ()
    milestones: Sequence[Milestone] = ()


@dataclass(eq=False)
class Targets(Labelled):
    """A block of targets."""

    key: str
    inputs: Sequence[TargetInput]
    indicators: Sequence[Indicator]
    name: str | None = None
    label: Label | None = None
    reporter: str | None = None
    per: str | None = None
    from_: ReportedFrom | None = None


@dataclass(eq=False)
class Input(Labelled):
    """A fact or field."""

    key: str
    pointer: str
    clauses: Sequence[str]
    type: FieldType
    name: str | None = None
    label: Label | None = None
    shown: ValueType | None = None
    optional: bool = False
    seal: bool = False
    form: str | None = None
    stage: str | None = None
    when: CaseFunction | None = None
    origin: str | None = None
    by: str | None = None
    on: Sequence[str] = ()
    with_: Sequence[str] = ()
    register: str | None = None
    as_of: CaseFunction | None = None
    value: CaseFunction | None = None


@dataclass(eq=False)
class CaseLet(Labelled):
    """A value that a track computes."""

    key: str
    clauses: Sequence[str]
    type: ValueType
    value: CaseFunction
    name: str | None = None
    label: Label | None = None
    listed: bool = False


@dataclass(eq=False)
class JudgedTest:
    """People judge."""

    by: str
    on: Sequence[str] = ()


@dataclass(eq=False)
class AttestedTest:
    """The applicant states it."""

    with_: Sequence[str] = ()


@dataclass(eq=False)
class ExternalTest:
    """A register says it."""

    register: str
    as_of: Part | None = None


@dataclass(eq=False)
class TestMember(Worded):
    """A member of a threshold."""

    key: str
    clauses: Sequence[str]
    message: Label
    path: str
    test: Test
    when: Part | None = None


@dataclass(eq=False)
class Threshold:
    """So many of its members."""

    need: int
    members: Sequence[TestMember]


Test = Union[Part, JudgedTest, AttestedTest, ExternalTest, Threshold]
"""What a rule asks: an expression, or where its answer stands."""


@dataclass(eq=False)
class Waived:
    """What a waiver lifts; of a stage, where the case goes instead."""

    rule: str | None = None
    group: str | None = None
    material: str | None = None
    stage: str | None = None
    to: str | None = None


@dataclass(eq=False)
class Rule(Worded):
    """A rule of a track."""

    key: str
    strength: str
    clauses: Sequence[str]
    message: Label
    path: str
    test: Test
    due: str | None = None
    each: CaseFunction | None = None
    list: str = ""
    when: Part | None = None
    unless: Part | None = None
    outcome: int | None = None
    soft: bool = False
    waives: Sequence[Waived] = ()
    needs: Sequence[str] = ()
    waived_by: Sequence[str] = ()

    def __post_init__(self) -> None:
        parts = (self.each, self.when, self.unless, self.waived_by or None)
        bare = all(part is None for part in parts) and self.strength != "in principle"
        self.condition: CaseFunction | None = None
        if bare and callable(self.test):
            self.condition = cast(CaseFunction, self.test)
        """All that the rule is, if it is no more than a condition."""


@dataclass(eq=False)
class RuleGroup:
    """Rules that are waived together."""

    key: str
    rules: Sequence[str]


@dataclass(eq=False)
class Declared:
    """One thing for which findings are made."""

    input: str | None = None
    rule: str | None = None
    material: str | None = None
    stage: str | None = None


@dataclass(eq=False)
class Track(Labelled):
    """A category of applicants: what it enters, and what it must meet."""

    key: str
    inputs: Sequence[Input]
    lets: Sequence[CaseLet]
    rules: Sequence[Rule]
    order: Sequence[str]
    declared: Sequence[Declared]
    name: str | None = None
    label: Label | None = None
    forms: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    route: int | None = None
    outputs: Sequence[str] = ()
    groups: Sequence[RuleGroup] = ()
    readings: Sequence[str] = ()
    materials: Sequence[str] = ()


@dataclass(eq=False)
class StageName(Labelled):
    """A stage's key, where its name is another."""

    key: str
    name: str | None = None
    label: Label | None = None


@dataclass(eq=False)
class Definition:
    """A whole programme."""

    programme: str
    version: str
    zone: Zone | None = None
    calendar: Calendar | None = None
    readings: Sequence[Reading] = ()
    actors: Sequence[Actor] = ()
    lists: Sequence[ClosedList] = ()
    records: Sequence[RecordType] = ()
    tables: Sequence[Table] = ()
    constants: Sequence[Constant] = ()
    materials: Sequence[Material] = ()
    routes: Sequence[Route] = ()
    summaries: Sequence[Summary] = ()
    quotas: Sequence[Quota] = ()
    selections: Sequence[Selection] = ()
    targets: Sequence[Targets] = ()
    stages: Sequence[str | StageName] = ()
    tracks: Sequence[Track] = ()
