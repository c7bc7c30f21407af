"""Materials: each implies a `complete` rule with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from . import messages
from .case import Copy
from .definition import Format, Material
from .finding import Finding
from .place import below, pointer_to
from .rules import result_of, waiver
from .truth import Truth, and_, not_, or_, truth_of
from .value import awaited

if TYPE_CHECKING:
    from .scene import Scene


class CopiesJudged(NamedTuple):
    """Whether copies are what is asked for, and what is wrong if not."""

    truth: Truth
    problem: str | None = None


def judge_copies(
    material: Material, copies: Sequence[Copy], channel: str | None
) -> CopiesJudged:
    """Whether the copies given are what is asked for."""
    if not copies:
        return CopiesJudged(False, "missing")
    turned_away = [refused.name for refused in material.refuse]
    if any(copy.format in turned_away for copy in copies):
        return CopiesJudged(False, "refused")
    if material.channel is not None and channel not in (None, material.channel):
        return CopiesJudged(False, "channel")
    problem: str | None = None
    truths: list[Truth] = []
    for asked in material.formats:
        there = or_(*(_named(material, asked, copy) for copy in copies))
        whole = or_(
            *(
                and_(_named(material, asked, copy), _sealed(material, asked, copy))
                for copy in copies
            )
        )
        if whole is False and problem is None:
            problem = "format" if there is False else "seal"
        truths.append(whole)
    return CopiesJudged(and_(*truths), problem)


def _named(material: Material, asked: Format, copy: Copy) -> Truth:
    if copy.format is None:
        return awaited(material.key, "other")
    return copy.format == asked.name


def _sealed(material: Material, asked: Format, copy: Copy) -> Truth:
    if not asked.sealed:
        return True
    return awaited(material.key, "other") if copy.sealed is None else copy.sealed


def material_checked(
    material: Material, applies: Truth, judged: CopiesJudged
) -> Finding:
    """The finding of a material, which says what is wrong if it is not in order."""
    result, needs = result_of(applies, judged.truth)
    path = pointer_to(below("/materials", material.key))
    found = Finding("material", material, "complete", result, needs, path)
    if result == "unmet" and judged.problem is not None:
        words = messages.of_stage(judged.problem)
        found.message = messages.about(words, material.words)
        found.problem = judged.problem
    return found


def material_finding(scene: Scene, material: Material) -> Finding:
    """The finding of one material of the case."""
    copies = scene.case.materials.get(material.key, ())
    applies = _applies_to(scene, material, absent=not copies)
    judged = judge_copies(material, copies, _channel_of(scene, material))
    return material_checked(material, applies, judged)


def guard_of(scene: Scene, material: Material) -> Truth:
    """Whether a material is asked of a case, by its own guard."""
    guard = None if material.when is None else material.when.get(scene.track.key)
    return True if guard is None else truth_of(guard(scene))


def _applies_to(scene: Scene, material: Material, *, absent: bool) -> Truth:
    """`when ∧ ¬waived ∧ (not only needed, or needed)`

    One that may be left out applies only when it is there.
    """
    if material.optional and absent:
        return False
    when = guard_of(scene, material)
    waived: list[Truth] = []
    needed: list[Truth] = []
    for rule in scene.track.rules:
        waives = any(lifted.material == material.key for lifted in rule.waives)
        needs = material.key in rule.needs
        if not waives and not needs:
            continue
        met = waiver(scene, rule.key)
        # An unknown waiver leaves it in force.
        if waives:
            waived.append(met is True)
        if needs:
            needed.append(met)
    asked = or_(*needed) if material.only_needed else True
    return and_(when, not_(or_(*waived)), asked)


def _channel_of(scene: Scene, material: Material) -> str | None:
    """Through which channel it came: that of the case's event at its stage."""
    if material.at is None:
        return None
    event = scene.case.last_event(material.at)
    return None if event is None else event.channel
