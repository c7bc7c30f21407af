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
from .rules import Judgement
from .value import Value

if TYPE_CHECKING:
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


def pass_over(scene: Scene, at: str | None) -> Pass:
    """Finds everything; with a stage, what falls due later is marked so."""
    track = scene.track
    until = -1 if at is None else _position(scene, at)

    def is_due(stage: str | None) -> bool:
        if until < 0:
            return True
        return (0 if stage is None else max(_position(scene, stage), 0)) <= until

    for i in range(len(track.lets)):
        scene.let_value(i)
    for key in track.order:
        scene.judged(track.rule_index[key])
    findings: list[Entry] = []
    for declared in track.declared:
        if declared.input is not None:
            slot = track.slots[declared.input]
            due = is_due(track.inputs[slot].stage)
            findings.extend(Entry(due, one) for one in _input_findings(scene, slot))
        elif declared.rule is not None:
            index = track.rule_index[declared.rule]
            due = is_due(track.rules[index].due)
            findings.extend(Entry(due, one) for one in _rule_findings(scene, index))
        elif declared.material is not None:
            material = scene.prepared.materials[declared.material]
            due = is_due(material.at)
            findings.append(Entry(due, material_finding(scene, material)))
        elif declared.stage is not None:
            for one in scene.walk().at(_position(scene, declared.stage)):
                findings.append(Entry(until < 0 or one.due <= until, one.found))
    values = [scene.let_value(i) for i, one in enumerate(track.lets) if one.listed]
    return Pass(findings, values, scene.notes, scene.consulted)


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
        at = scene.case.entries[slot].at
        late = judged_late(scene, stage, declared, at, declared.pointer)
        if late is not None:
            findings.append(late)
    return findings


def _rule_findings(scene: Scene, index: int) -> Iterable[Finding]:
    rule = scene.track.rules[index]
    judged = scene.judged(index)
    yield _rule_finding(scene, rule, judged)
    if callable(rule.test):
        return
    asks = judged.result in ("unknown", "pending") and enters_verdict(rule.strength)
    if asks:
        yield from _blank_attestations(scene, rule.test, rule, rule)
    yield from _late_judgements(scene, rule.test, rule, rule)


def _rule_finding(scene: Scene, rule: Rule, judged: Judgement) -> Finding:
    strength = "note" if rule.soft else rule.strength
    found = Finding("rule", rule, strength, judged.result, judged.needs, rule.path)
    found.members = judged.members
    found.items = judged.items
    found.reason = judged.reason
    if rule.outcome is not None:
        found.outcome = scene.track.outcomes[rule.outcome]
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
