"""The shapes of what goes in and comes out, the same for every programme.

What differs by programme, a case of each of its tracks, stands in `cases.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Optional, TypedDict, Union

Lang = Literal["zh", "en"]
"""A language of messages."""

Result = Literal["met", "unmet", "unknown", "pending", "not applicable", "not yet due"]
"""The result of a rule or target."""

Verdict = Literal[
    "rejected", "returned", "reason needed", "unknown", "pending judgement", "accepted"
]
"""The verdict on a case, worst first."""

Strength = Literal[
    "require",
    "complete",
    "in principle",
    "prefer",
    "encourage",
    "note",
    "waive",
    "finding",
]
"""What an unmet finding means for the verdict.

`finding`: addressed to an actor, outside the verdict.
"""

Number = Union[str, int]
"""A number as it is printed."""


class Copy(TypedDict, total=False):
    """One copy of a material."""

    format: Optional[str]
    sealed: Optional[bool]


class FileEntry(TypedDict, total=False):
    """An uploaded file."""

    name: Optional[str]
    size: Optional[int]
    sealed: Optional[bool]


class CaseEvent(TypedDict, total=False):
    """Something that happened to a case.

    `at` is RFC 3339 with an offset, or a local day.
    """

    stage: Optional[str]
    outcome: Optional[str]
    by: Optional[str]
    at: Optional[str]
    channel: Optional[str]


class Package(TypedDict, total=False):
    """What one actor sends at one stage."""

    id: Optional[str]
    stage: Optional[str]
    by: Optional[str]
    key: Union[Number, Mapping[str, Number], None]
    at: Optional[str]
    cases: Optional[Sequence[str]]
    summary: Optional[Sequence[Mapping[str, object]]]
    materials: Optional[Mapping[str, Optional[Sequence[Copy]]]]
    reasons: Optional[Mapping[str, Optional[str]]]
    channel: Optional[str]


class Decision(TypedDict, total=False):
    """A recorded override of a quota."""

    quota: Optional[str]
    key: Union[Number, Mapping[str, Number], None]
    by: Optional[str]
    why: Optional[str]
    at: Optional[str]


class Under(TypedDict):
    """What another value of a reading would give."""

    reading: str
    result: Result
    value: str


class _MemberAlways(TypedDict):
    clauses: list[str]
    message: str
    needs: list[str]
    path: str
    result: Result
    rule: str


class Member(_MemberAlways, total=False):
    """A member of a threshold."""

    members: list[Member]


class Item(TypedDict):
    """An item of a list that does not meet its rule."""

    needs: list[str]
    path: str
    result: Result


class _FindingAlways(TypedDict):
    clauses: list[str]
    kind: Literal["rule", "material", "field", "stage"]
    message: str
    needs: list[str]
    path: str
    result: Result
    rule: str
    strength: Strength
    under: list[Under]


class Finding(_FindingAlways, total=False):
    """What came of one rule, material, field or stage."""

    addressed: str
    exception: Literal[True]
    items: list[Item]
    members: list[Member]
    outcome: str
    problem: str
    reason: str


class _ComputedValueAlways(TypedDict):
    clauses: list[str]
    unit: Optional[str]
    value: object


class ComputedValue(_ComputedValueAlways, total=False):
    """A value that the programme computes."""

    high: Optional[Number]
    low: Optional[Number]
    needs: list[str]


class Note(TypedDict):
    """A remark outside the verdict."""

    clauses: list[str]
    message: str
    rule: str


class OutcomeRange(TypedDict):
    """The best and worst outcome."""

    best: str
    worst: str


class Standing(TypedDict):
    """A place on a route: a stage, or the end that a stage led to."""

    ended: bool
    result: Optional[str]
    stage: str


class _ReportAlways(TypedDict):
    findings: list[Finding]
    later: list[Finding]
    notes: list[Note]
    outcome: Union[str, OutcomeRange, None]
    programme: str
    tags: list[str]
    track: str
    values: dict[str, ComputedValue]
    verdict: Verdict
    version: str


class Report(_ReportAlways, total=False):
    """The report of one case."""

    case_version: str
    id: str
    status: list[Standing]


class _BatchFindingAlways(TypedDict):
    clauses: list[str]
    kind: Literal["quota", "material", "summary", "stage", "package"]
    message: str
    needs: list[str]
    result: Result
    rule: str
    strength: Strength
    under: list[Under]


class BatchFinding(_BatchFindingAlways, total=False):
    """What came of one quota for one group, or of one part of a package."""

    addressed: str
    denominator: int
    exception: Literal[True]
    final: bool
    free: Number
    high: Optional[Number]
    key: dict[str, str]
    limit: object
    low: Optional[Number]
    members: list[str]
    numerator: int
    over: Number
    override: Decision
    path: str
    problem: str
    reason: str
    returned: list[str]
    value: object


class PackageReport(TypedDict):
    """What came of one package."""

    cases: list[str]
    findings: list[BatchFinding]
    id: Optional[str]
    key: dict[str, str]
    state: Literal["complete", "returned", "reason needed", "unknown"]


class _BatchReportAlways(TypedDict):
    closed: bool
    findings: list[BatchFinding]
    packages: list[PackageReport]
    programme: str
    stage: Optional[str]
    version: str


class BatchReport(_BatchReportAlways, total=False):
    """The report of a batch."""

    notes: list[Note]


class _PlaceAlways(TypedDict):
    id: str
    level: bool
    # The same for all that stand level; None while something that matters is unknown.
    rank: Optional[int]
    result: Literal["selected", "waiting", "tied", "not selected", "unknown"]
    track: str
    # What the order compares, one a criterion.
    values: list[object]


class Place(_PlaceAlways, total=False):
    """Where one candidate stands, best first; level ones in the batch's order."""

    # Who parts those that are level at the cut.
    awaits: str
    # The criterion that puts it behind the one above.
    behind: str
    # What was recorded as decided.
    decided: bool
    # What it was given of its wishes: "" for nothing, None while that is open.
    given: Optional[str]
    left: Literal[True]
    moved_up: Literal[True]
    needs: list[str]
    # Its place among those who wait.
    position: int


class SelectionList(TypedDict):
    """What a selection proposes of one group."""

    key: dict[str, str]
    limit: object
    places: list[Place]
    vacant: Optional[int]


class Selection(TypedDict):
    """What one selection proposes."""

    clauses: list[str]
    lists: list[SelectionList]
    message: str
    order: list[str]
    selection: str
    stage: Optional[str]
    tied: Literal["admit all", "admit none", "judged", "unknown"]


class SelectReport(TypedDict):
    """What is proposed to the bodies that decide."""

    programme: str
    selections: list[Selection]
    version: str


TargetReport = TypedDict(
    "TargetReport",
    {
        "programme": str,
        "targets": Optional[str],
        "id": Optional[str],
        # Whose: the value of the reporting actor's key.
        "key": Optional[Number],
        # A calendar year, or which year of the block.
        "year": Optional[int],
        # The day instead.
        "at": Optional[str],
        # The day from which the block's years count.
        "from": Optional[str],
        "values": Optional[Mapping[str, object]],
        "judgements": Optional[Mapping[str, object]],
        "attested": Optional[Mapping[str, object]],
        "external": Optional[Mapping[str, object]],
    },
    total=False,
)
"""A report on targets: what is measured, of a year or on a day."""


class _TargetItemAlways(TypedDict):
    key: str
    needs: list[str]
    result: Result


class TargetItem(_TargetItemAlways, total=False):
    """One value of the list of a `for all` that is not met."""

    gap: Number
    value: Union[str, int, bool]


class _TargetFindingAlways(TypedDict):
    clauses: list[str]
    kind: Literal["target", "field"]
    message: str
    needs: list[str]
    reports: list[str]
    result: Result
    rule: str
    strength: Literal["finding", "note", "complete"]
    targets: str
    under: list[Under]


class TargetFinding(_TargetFindingAlways, total=False):
    """What came of one milestone for one reporting body, or a bad entry."""

    addressed: str
    denominator: Number
    due: str
    gap: Number
    high: Optional[Number]
    items: list[TargetItem]
    key: dict[str, str]
    limit: object
    low: Optional[Number]
    milestone: str
    numerator: Number
    path: str
    problem: str
    unit: str
    value: Union[str, int, bool]
    words: str


class TargetsReport(TypedDict):
    """The report on targets."""

    findings: list[TargetFinding]
    notes: list[Note]
    on: Optional[str]
    programme: str
    version: str
