"""One pass over a case under one setting of all readings.

In: a fresh Scene. Out: every finding in source order, every listed value.
Always: the same declarations in the same order, so that passes can be laid side by
side.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from .deadline import judged_late
from .definition import AttestedTest, JudgedTest, Rule, Stage, Test, Threshold
from .definition import TestMember as Member
from .finding import Finding, about_field, enters_verdict
from .inputs import field_findings
from .materials import material_finding
from .prepared import InputStep, MaterialStep, RuleStep
from .rules import RULE_MET, Judgement
from .value import Value

if TYPE_CHECKING:
    from .case import Case
    from .route import Standing
    from .scene import Scene
    from .scope import Note


class Entry(NamedTuple):
    """A finding, and whether it is due."""

    due: bool
    found: Finding


class Pass(NamedTuple):
    """What one pass gives."""

    findings: list[Entry]
    values: list[Value]
    notes: list[Note]
    consulted: set[int]
    """Readings whose setting something depended on."""
    standing: list[Standing] | None
    """Where the case stands after its events."""


def pass_over(scene: Scene, at: str | None) -> Pass:
    """Finds everything; with a stage, what falls due later is marked so."""
    track = scene.track
    for i in range(len(track.lets)):
        scene.let_value(i)
    for index in track.order:
        scene.judged(index)
    findings: list[Entry] = []
    stage = -1 if at is None else _position(scene, at)
    until = len(track.stages) if stage < 0 else stage
    for step in track.asking if _is_sound(scene.case) else track.steps:
        due = step.due <= until
        if isinstance(step, InputStep):
            for found in _input_findings(scene, step.slot):
                findings.append(Entry(due, found))
        elif isinstance(step, RuleStep):
            judged = scene.judged(step.rule)
            known = step.settled.get("met") if judged is RULE_MET else None
            findings.append(Entry(due, known or _rule_finding(scene, step, judged)))
            if step.answered:
                for found in _about_answers(scene, step.rule):
                    findings.append(Entry(due, found))
        elif isinstance(step, MaterialStep):
            findings.append(Entry(due, material_finding(scene, step.material)))
        else:
            for one in scene.walk().at(step.due):
                findings.append(Entry(one.due <= until, one.found))
    values = [scene.let_value(i) for i, one in enumerate(track.lets) if one.listed]
    standing = scene.walk().standing if scene.case.events else None
    return Pass(findings, values, scene.notes, scene.consulted, standing)


def _is_sound(case: Case) -> bool:
    """Whether every plain input has an entry, and no entry is wrong in itself."""
    entries = case.entries
    return not case.faults and None not in [
        entries[slot] for slot in case.track.plain_slots
    ]


def _position(scene: Scene, key: str) -> int:
    """The position of a stage in the case's route, or -1."""
    return scene.track.positions.get(key, -1)


def _input_findings(scene: Scene, slot: int) -> list[Finding]:
    declared = scene.track.inputs[slot]
    findings = field_findings(scene, slot)
    if declared.origin != "judged":
        return findings
    stage = _judging_stage(scene, declared.by, declared.stage)
    if stage is not None:
        origin = scene.case.origins.get(slot)
        at = None if origin is None else origin.at
        late = judged_late(scene, stage, declared, at, declared.pointer)
        if late is not None:
            findings.append(late)
    return findings


def _about_answers(scene: Scene, index: int) -> Iterable[Finding]:
    """What is said of answers that a rule awaits, or that came late."""
    rule = scene.track.rules[index]
    judged = scene.judged(index)
    found: list[Finding] = []
    if judged.result in ("unknown", "pending") and enters_verdict(rule.strength):
        found.extend(_blank_attestations(scene, rule.test, rule, rule))
    found.extend(_late_judgements(scene, rule.test, rule, rule))
    return found


def _rule_finding(scene: Scene, step: RuleStep, judged: Judgement) -> Finding:
    result, needs, members, items, reason = judged
    own = needs or members is not None or items is not None or reason is not None
    if not own and result in step.settled:
        return step.settled[result]
    rule = scene.track.rules[step.rule]
    strength = "note" if rule.soft else rule.strength
    found = Finding("rule", rule, strength, result, needs, rule.path)
    found.members = members
    found.items = items
    found.reason = reason
    if rule.outcome is not None:
        found.outcome = scene.track.outcomes[rule.outcome]
    if not own:
        found.settled = {}
        step.settled[result] = found
    return found


def _blank_attestations(
    scene: Scene, test: Test, of: Rule | Member, rule: Rule
) -> Iterable[Finding]:
    """A blank attestation that a rule awaits is asked for, like a blank field."""
    if isinstance(test, AttestedTest):
        sheet = scene.case.sheets.get(of.key)
        if sheet is None or sheet.attested is None:
            found = about_field(of, "blank", of.path)
            found.clauses = rule.clauses
            yield found
    elif isinstance(test, Threshold):
        for member in test.members:
            yield from _blank_attestations(scene, member.test, member, rule)


def _late_judgements(
    scene: Scene, test: Test, of: Rule | Member, rule: Rule
) -> Iterable[Finding]:
    if isinstance(test, JudgedTest):
        stage = _judging_stage(scene, test.by, rule.due)
        sheet = scene.case.sheets.get(of.key)
        if stage is not None and sheet is not None:
            late = judged_late(scene, stage, of, sheet.at, of.path)
            if late is not None:
                yield late
    elif isinstance(test, Threshold):
        for member in test.members:
            yield from _late_judgements(scene, member.test, member, rule)


def _judging_stage(scene: Scene, by: str | None, due: str | None) -> Stage | None:
    """The stage at which an actor judges.

    The one where it is due if that is the actor's own, else the actor's first.
    """
    own = (stage for stage in scene.stages if stage.key == due and stage.by == by)
    first = (stage for stage in scene.stages if stage.by == by)
    return next(own, None) or next(first, None)
