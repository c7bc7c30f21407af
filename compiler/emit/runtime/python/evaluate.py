"""A whole report.

The pass under the settings asked for, open readings in all their words, other readings
one at a time, verdict, outcome, tags, notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from . import messages
from .deadline import late_is_read
from .definition import CaseLet
from .finding import Finding, Under, same_thing
from .number import Number
from .pass_ import Entry, Pass, pass_over
from .readings import Alternative, Settings, alternatives, worlds
from .route import Standing
from .scene import Scene
from .scope import Note
from .value import Unknown, Value, bounds_of, merge_needs, same_value, silent
from .verdict import OutcomeRange, outcome_of, verdict_of

if TYPE_CHECKING:
    from .case import Case
    from .options import Options
    from .prepared import Prepared, PreparedTrack


class NamedValue(NamedTuple):
    """A value that the programme lists."""

    named: CaseLet
    value: Value


@dataclass
class Evaluated:
    """What came of one case."""

    track: PreparedTrack
    case_version: str | None
    id: str | None
    verdict: str
    outcome: OutcomeRange | None
    values: list[NamedValue]
    findings: list[Finding]
    later: list[Finding]
    tags: list[str]
    notes: list[Note]
    standing: list[Standing] | None


def evaluate_case(
    prepared: Prepared, case: Case, options: Options, in_batch: bool = False
) -> Evaluated:
    """Evaluates one case; the report is not yet printed (report.py)."""
    uses = _uses_of(prepared, case, options)

    def settled(settings: Settings) -> Pass:
        first: Pass | None = None
        for world in worlds(prepared, settings, uses):
            scene = Scene(prepared, case, world, options.on, in_batch)
            there = pass_over(scene, options.at)
            if first is None:
                first = there
            else:
                _agree(first, there)
                first.consulted.update(there.consulted)
        assert first is not None, "there is at least one world"
        return first

    found = settled(options.settings)
    if options.alternatives:
        for other in alternatives(prepared, options.settings, uses):
            # Where nothing depended on the reading, its other words change nothing.
            if prepared.reading_index[other.reading] in found.consulted:
                _compare(found, settled(other.settings), other)
    return _assemble(prepared, case, found)


def _uses_of(prepared: Prepared, case: Case, options: Options) -> list[int]:
    """The readings that can matter for this case, ascending."""
    uses = set(case.track.readings)
    if case.events or options.on is not None:
        names = ["deadline"]
        if any(stage.due and late_is_read(stage) for stage in case.track.stages):
            names.append("late")
        uses.update(
            prepared.builtins[name] for name in names if name in prepared.builtins
        )
    return sorted(uses)


def _compare(here: Pass, there: Pass, other: Alternative) -> None:
    """Notes under each finding what another word of one reading would give."""
    for position, (_, found) in enumerate(here.findings):
        twin = _same_in(there, found, position)
        if twin is None:
            if found.result == "unmet":
                _note_under(here, position, other, "met")
            continue
        # What lateness does matters only to what is late.
        weighs = (
            other.reading == "late"
            and twin.result == "unmet"
            and twin.strength != found.strength
        )
        if twin.result != found.result or weighs:
            _note_under(here, position, other, twin.result)


def _note_under(here: Pass, position: int, other: Alternative, result: str) -> None:
    due, found = here.findings[position]
    own = found.own()
    own.under.append(Under(other.reading, result, other.word))
    here.findings[position] = Entry(due, own)


def _same_in(there: Pass, found: Finding, position: int) -> Finding | None:
    """The finding of another pass on the same thing."""
    # Nearly always the same findings stand at the same positions.
    if position < len(there.findings):
        same = there.findings[position].found
        if same_thing(same, found):
            return same
    every = (one.found for one in there.findings)
    return next((one for one in every if same_thing(one, found)), None)


def _agree(first: Pass, other: Pass) -> None:
    """Where two words of an open reading disagree, the notice leaves it open."""
    for due, found in other.findings:
        every = enumerate(first.findings)
        at = next((i for i, mine in every if same_thing(mine.found, found)), None)
        if at is None:
            if found.result not in ("met", "not applicable"):
                first.findings.append(Entry(due, _open(found)))
        elif first.findings[at].found.result != found.result:
            mine = first.findings[at]
            first.findings[at] = Entry(mine.due, _open(mine.found))
    for i, (mine_value, other_value) in enumerate(zip(first.values, other.values)):
        if not _same_known(mine_value, other_value):
            first.values[i] = _hull(mine_value, other_value)
    if first.standing is not None and other.standing is not None:
        stood = set(first.standing)
        first.standing.extend(one for one in other.standing if one not in stood)
    known = {note.rule for note in first.notes}
    first.notes.extend(note for note in other.notes if note.rule not in known)


def _same_known(a: Value, b: Value) -> bool:
    """Whether two values are the same, unknown ones with the same needs and bounds."""
    if not isinstance(a, Unknown) or not isinstance(b, Unknown):
        return same_value(a, b)
    return list(a.needs) == list(b.needs) and (a.low, a.high) == (b.low, b.high)


def _open(found: Finding) -> Finding:
    found = found.own()
    found.result = "unknown"
    found.needs = silent().needs
    found.reason = None
    return found


def _hull(a: Value, b: Value) -> Unknown:
    """Unknown, between the bounds that both have."""
    (al, ah), (bl, bh) = bounds_of(a), bounds_of(b)
    needs = silent().needs
    for value in (a, b):
        if isinstance(value, Unknown):
            needs = merge_needs(needs, value.needs)
    low: Number | None = None if al is None or bl is None else min(al, bl)
    return Unknown(needs, low, None if ah is None or bh is None else max(ah, bh))


def _assemble(prepared: Prepared, case: Case, found: Pass) -> Evaluated:
    due = [one for is_due, one in found.findings if is_due]
    listed = [named for named in case.track.lets if named.listed]
    open_ = [one for one in due if one.result not in ("met", "not applicable")]
    wished = [one for one in due if one.strength in ("prefer", "encourage")]
    noted = [one for one in due if one.reason is not None or one.strength == "note"]
    notes = [note for note in map(_note_of, noted) if note is not None]
    return Evaluated(
        track=case.track,
        case_version=None if case.version == prepared.version else case.version,
        id=case.id,
        verdict=verdict_of(open_),
        outcome=outcome_of(case.track.outcomes, open_),
        values=list(map(NamedValue, listed, found.values)),
        findings=due,
        later=[one for is_due, one in found.findings if not is_due],
        tags=[one.of.key for one in wished if _is_tag(one)],
        notes=[*notes, *found.notes],
        standing=found.standing,
    )


def _note_of(found: Finding) -> Note | None:
    """The note that a finding leaves: an unmet note, an exception granted."""
    if found.reason is not None:
        message = messages.about(messages.EXCEPTION, found.of.words)
        return Note(found.of.key, found.clauses, message)
    if found.strength == "note" and found.result == "unmet":
        return Note(found.of.key, found.clauses, found.message)
    return None


def _is_tag(found: Finding) -> bool:
    """Whether a wish is met."""
    return found.kind == "rule" and found.result == "met"
