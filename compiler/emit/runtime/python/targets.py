"""Every milestone of every reporting body.

Met, not met, not yet due, unknown, or pending.
In: a prepared programme, reports, options. Out: findings in order of declaration, of
one milestone by body.
Always: nothing is decided that no report of the milestone's last year says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from . import messages
from .date import Day, Moment, civil, make_day
from .definition import Indicator, Milestone, Targets
from .finding import Under
from .interval import compare_numbers
from .messages import Words
from .number import Number
from .readings import alternatives, worlds
from .rules import result_of
from .scope import Note
from .target_lines import TargetReport
from .target_measure import Body, Measured, gap_to, known_ratio
from .target_period import FIRST_YEAR, Window, label_of_milestone, years_after
from .truth import Truth, and_
from .value import Need, Unknown, Value, all_needs, merge_needs, same_value, silent
from .vocabulary import ValueType

if TYPE_CHECKING:
    from .options import Options
    from .prepared import Prepared


class TargetLimit(NamedTuple):
    """What a milestone asks; `high` is the upper end of a range."""

    low: Value
    high: Value


@dataclass
class TargetItem:
    """What came of one value of the list of a `for all`."""

    key: str
    result: str
    needs: Sequence[Need]
    value: Value
    gap: Number | None


@dataclass
class TargetFinding:
    """What came of one milestone for one reporting body, or of a bad entry."""

    block: Targets
    key: str | None
    clauses: Sequence[str]
    rule: str
    message: Words
    result: str
    reports: Sequence[TargetReport]
    type: ValueType | None = None
    due: Day | None = None
    label: str | None = None
    limit: TargetLimit | None = None
    needs: Sequence[Need] = ()
    ratio: tuple[Number, Number] | None = None
    soft: bool = False
    under: list[Under] = field(default_factory=list)
    value: Value = None
    gap: Number | None = None
    items: Sequence[TargetItem] | None = None
    words: Words | None = None
    path: str | None = None
    problem: str | None = None


@dataclass
class JudgedTargets:
    """What came of all milestones."""

    on: Day | None
    findings: list[TargetFinding]
    notes: list[Note]


def judge_targets(
    prepared: Prepared, reports: Sequence[TargetReport], options: Options
) -> JudgedTargets:
    """Holds all reports against all milestones."""
    on = options.on
    if isinstance(on, Moment):
        on = None if prepared.zone is None else prepared.zone.day_of(on)
    run = _Run(prepared, options, on)
    for block in prepared.targets:
        run.of_block(block, [report for report in reports if report.block is block])
    return JudgedTargets(on, run.findings, run.notes)


class _Slot(NamedTuple):
    """A window of a milestone, and when it is due."""

    window: Window | None
    due: Day | None
    label: str
    total: bool = False


@dataclass
class _Outcome:
    """What comes of a milestone under one setting of all readings."""

    result: str
    needs: Sequence[Need]
    value: Value
    ratio: tuple[Number, Number] | None
    gap: Number | None
    above: bool
    items: list[TargetItem] | None
    limit: TargetLimit | None
    notes: list[Note]


class _Run:
    def __init__(self, prepared: Prepared, options: Options, on: Day | None) -> None:
        self.prepared = prepared
        self.options = options
        self.on = on
        self.findings: list[TargetFinding] = []
        self.notes: list[Note] = []

    def of_block(self, block: Targets, reports: Sequence[TargetReport]) -> None:
        for report in reports:
            self.faults(block, report)
        bodies: list[str | None] = list(dict.fromkeys(one.key for one in reports))
        for indicator in block.indicators:
            of_all = indicator.for_all is not None
            for milestone in indicator.milestones:
                for key in [None] if of_all or not bodies else bodies:
                    own = reports
                    if not of_all:
                        own = [report for report in reports if report.key == key]
                    self.milestone(indicator, milestone, self.body(block, own), key)

    def body(self, block: Targets, reports: Sequence[TargetReport]) -> Body:
        stated = (one.start for one in reversed(reports) if one.start is not None)
        start = None if block.from_ is None else block.from_.day
        start = next(stated, None) if start is None else start
        settings = self.options.settings
        return Body(self.prepared, block, reports, start, self.on, settings)

    def faults(self, block: Targets, report: TargetReport) -> None:
        """What is wrong with the entries of a report."""
        for slot, path, problem in report.faults:
            declared = block.inputs[slot]
            words = messages.about(messages.of_field(problem), declared.words)
            found = TargetFinding(
                block=block,
                key=report.key,
                clauses=declared.clauses,
                rule=declared.key,
                message=words,
                result="unmet",
                reports=[report],
                path=path,
                problem=problem,
            )
            self.findings.append(found)

    def milestone(
        self, indicator: Indicator, milestone: Milestone, body: Body, key: str | None
    ) -> None:
        for slot in _slots_of(milestone, body):
            not_due = self.on is not None and slot.due is not None
            if self.on is not None and slot.due is not None:
                not_due = self.on.number < slot.due.number
            looked = None if not_due or slot.total else slot.window
            outcome = self.settled(indicator, milestone, slot, not_due, body)
            under: list[Under] = []
            if self.options.alternatives and not not_due:
                under = self.under(indicator, milestone, slot, body, outcome.result)
            numeric = indicator.type.kind == "number"
            words = milestone.words
            found = TargetFinding(
                block=body.block,
                key=key,
                clauses=milestone.clauses,
                rule=indicator.key,
                message=indicator.words,
                result=outcome.result,
                reports=body.sources(indicator, looked),
                type=indicator.type if numeric else None,
                due=slot.due,
                label=slot.label,
                limit=outcome.limit,
                needs=outcome.needs,
                ratio=outcome.ratio,
                soft=milestone.soft,
                under=under,
                value=outcome.value,
                gap=outcome.gap,
                items=outcome.items,
                words=None if words is None else messages.both_of(words),
            )
            self.put(found, outcome)

    def put(self, found: TargetFinding, outcome: _Outcome) -> None:
        def note(text: Words) -> None:
            self.notes.append(Note(found.rule, found.clauses, text))

        if found.soft and found.result == "unmet":
            note(found.message)
        if outcome.above and found.result == "met":
            note(messages.about(messages.ABOVE_RANGE, found.message))
        if found.words is not None and found.limit is not None:
            note(found.words)
        lang = self.options.lang
        for more in outcome.notes:
            said = more.message.in_(lang)
            if not any(
                there.rule == more.rule and there.message.in_(lang) == said
                for there in self.notes
            ):
                self.notes.append(more)
        self.findings.append(found)

    def settled(
        self,
        indicator: Indicator,
        milestone: Milestone,
        slot: _Slot,
        not_due: bool,
        body: Body,
    ) -> _Outcome:
        """Under open readings, what all their words agree on."""
        uses = self.prepared.readings_of(indicator.readings)
        first, *others = [
            _outcome_of(indicator, milestone, slot, not_due, body.under(world))
            for world in worlds(self.prepared, body.settings, uses)
        ]
        for other in others:
            same = first.result == other.result
            if same and _same_measure(first.value, other.value):
                continue
            if not same:
                first.result = "unknown"
                first.needs = silent().needs
            first.value, first.ratio, first.gap = silent(), None, None
        return first

    def under(
        self,
        indicator: Indicator,
        milestone: Milestone,
        slot: _Slot,
        body: Body,
        here: str,
    ) -> list[Under]:
        uses = self.prepared.readings_of(indicator.readings)
        found = []
        for other in alternatives(self.prepared, body.settings, uses):
            there = body.under(other.settings)
            result = self.settled(indicator, milestone, slot, False, there).result
            if result != here:
                found.append(Under(other.reading, result, other.word))
        return found


def _same_measure(a: Value, b: Value) -> bool:
    if not isinstance(a, Unknown) or not isinstance(b, Unknown):
        return same_value(a, b)
    keys = [need.key for need in a.needs] == [need.key for need in b.needs]
    return keys and (a.low, a.high) == (b.low, b.high)


def _slots_of(milestone: Milestone, body: Body) -> list[_Slot]:
    """The windows of a milestone: one, or one a reported year."""

    def of_year(year: int) -> _Slot:
        if year >= FIRST_YEAR:
            return _Slot(Window(of=year), make_day(year, 12, 31), str(year))
        return _Slot(Window(of=year), years_after(body.start, year), f"year {year}")

    by = milestone.by
    label = label_of_milestone(milestone)
    if milestone.total:
        return [_Slot(None, by, label, total=True)]
    if by is not None:
        return [_Slot(Window(by=by), by, label)]
    if milestone.year is not None:
        return [of_year(milestone.year)]
    return [of_year(year) for year in body.years()] or [_Slot(None, None, label)]


class _Part(NamedTuple):
    """What comes of a milestone, or of one value of the list of a `for all`."""

    truth: Truth
    value: Value
    ratio: tuple[Number, Number] | None
    gap: Number | None
    above: bool


def _outcome_of(
    indicator: Indicator, milestone: Milestone, slot: _Slot, not_due: bool, body: Body
) -> _Outcome:
    """What comes of a milestone under one setting of all readings."""
    notes: list[Note] = []
    limit = _limit_of(milestone, body)

    def one(key: int | None) -> _Part:
        if slot.total:
            until = None if slot.due is None or not_due else civil(slot.due).year
            measured = body.total(indicator, until, key, notes)
        else:
            window = None if not_due else slot.window
            measured = body.measure(indicator, window, key, notes)
        value = measured.value
        gap = None if limit is None else gap_to(milestone.bound, value, limit.low)
        above = limit is not None and limit.high is not None
        if limit is not None and limit.high is not None:
            above = compare_numbers("more", value, limit.high) is True
        truth = _truth_for(indicator, milestone, measured, body)
        return _Part(truth, value, known_ratio(measured), gap, above)

    if indicator.for_all is None:
        made = _for_one(one(None), limit, notes)
    else:
        index = body.prepared.lists[indicator.for_all].index
        made = _for_every({key: one(at) for key, at in index.items()}, limit, notes)
    start = body.block.from_
    if not_due:
        made.result, made.needs, made.above = "not yet due", (), False
        for item in made.items or ():
            item.result, item.needs = "not yet due", ()
    elif body.on is not None and slot.due is None and made.result == "unknown":
        # Without the day it counts from nobody knows whether it is due.
        if start is not None and start.stage is not None:
            made.needs = merge_needs(made.needs, [Need(start.stage, "other")])
    return made


def _for_one(part: _Part, limit: TargetLimit | None, notes: list[Note]) -> _Outcome:
    result, needs = result_of(True, part.truth)
    return _Outcome(
        result,
        needs,
        part.value,
        part.ratio,
        part.gap,
        part.above,
        None,
        limit,
        notes,
    )


def _for_every(
    parts: dict[str, _Part], limit: TargetLimit | None, notes: list[Note]
) -> _Outcome:
    items = []
    for key, part in parts.items():
        result, needs = result_of(True, part.truth)
        items.append(TargetItem(key, result, needs, part.value, part.gap))
    result, needs = result_of(True, and_(*(part.truth for part in parts.values())))
    above = any(part.above for part in parts.values())
    return _Outcome(result, needs, None, None, None, above, items, limit, notes)


def _limit_of(milestone: Milestone, body: Body) -> TargetLimit | None:
    bound = milestone.bound
    if bound is None:
        return None
    scope = body.scope()
    high = None if bound.high is None else bound.high(scope)
    return TargetLimit(bound.limit(scope), high)


def _truth_for(
    indicator: Indicator, milestone: Milestone, measured: Measured, body: Body
) -> Truth:
    """Whether the milestone is reached.

    By its bound, by a yes, else as people judge it.
    """
    if milestone.bound is not None:
        return body.holds(milestone.bound, measured)
    if indicator.type.kind != "bool":
        return Unknown((Need(indicator.key, "judgement"),))
    value = measured.value
    return value if isinstance(value, bool) else Unknown(all_needs((value,)))
