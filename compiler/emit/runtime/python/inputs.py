"""Facts and fields: their values, and what is wrong with their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .definition import Input
from .expression import value_of
from .finding import Finding, about_field
from .text import char_count, character_count
from .truth import Truth, truth_of
from .value import BAD, Bad, Unknown, Value, merge_needs, same_value

if TYPE_CHECKING:
    from .scene import Scene


def has_entry(scene: Scene, slot: int) -> bool:
    """Whether something acceptable or not was entered."""
    return scene.case.entries[slot] is not None


def work_out_relevance(scene: Scene, slot: int) -> Truth:
    """Whether an input is asked for."""
    when = scene.track.inputs[slot].when
    return True if when is None else truth_of(when(scene))


def work_out_input(scene: Scene, slot: int) -> Value:
    """The value of an input."""
    if slot in scene.track.plain_slots:
        data = scene.case.data(slot)
        if data is not None and not isinstance(data, Bad):
            return data
    declared = scene.track.inputs[slot]
    relevant = scene.relevance(slot)
    if relevant is False:
        return None
    if declared.value is not None:
        computed = declared.value(scene)
        if _contradicts(scene, slot, computed):
            return value_of(BAD, declared.key, "other", False)
        return computed
    source = "judgement" if declared.origin == "judged" else "other"
    bounds = declared.type.bounds
    bad = _length_problem(scene, slot, hard=True)
    data = BAD if bad else scene.case.data(slot)
    if data is not None and declared.as_of is not None:
        origin = scene.case.origins.get(slot)
        read_at = None if origin is None else origin.as_of
        if not same_value(declared.as_of(scene), read_at):
            return value_of(BAD, declared.key, source, False, bounds)
    value = value_of(data, declared.key, source, declared.optional, bounds)
    # Whether it is asked for is open: first that must be known.
    if isinstance(value, Unknown) and isinstance(relevant, Unknown):
        return Unknown(merge_needs(relevant.needs, value.needs), value.low, value.high)
    return value


# Kinds of entry that are texts.
_TEXTS = frozenset({"text", "prose", "email", "phone", "mobile", "postcode", "url"})


def _length_problem(scene: Scene, slot: int, *, hard: bool) -> bool:
    """Whether a text breaks a limit on its length.

    A hard one, or the band of a soft one.
    """
    declared = scene.track.inputs[slot].type
    if not declared.limits or declared.kind not in _TEXTS:
        return False
    data = scene.case.data(slot)
    if not isinstance(data, str):
        return False
    count = (
        character_count(data)
        if declared.characters
        else char_count(data, scene.counts_punctuation())
    )
    for limit in declared.limits:
        if limit.kind == "about":
            if not hard and _outside_band(scene, count, limit.value):
                return True
        elif hard:
            at_most = limit.kind == "at most"
            if count > limit.value if at_most else count < limit.value:
                return True
    return False


def _outside_band(scene: Scene, count: int, target: int) -> bool:
    band = scene.band()
    if band is None:
        return False
    return count < target * (1 - band) or count > target * (1 + band)


def field_findings(scene: Scene, slot: int) -> list[Finding]:
    """What is wrong with the entry of one input."""
    declared = scene.track.inputs[slot]
    relevant = scene.relevance(slot)
    given = has_entry(scene, slot)
    pointer = declared.pointer
    if relevant is False:
        return [about_field(declared, "irrelevant", pointer)] if given else []
    findings = []
    if relevant is True and _must_be_filled(declared):
        if not given:
            findings.append(about_field(declared, "blank", pointer))
        elif declared.seal and scene.case.data(slot) is False:
            findings.append(about_field(declared, "seal", pointer))
    for fault in scene.case.faults:
        if fault.slot == slot:
            findings.append(about_field(declared, fault.problem, fault.path))
    if _length_problem(scene, slot, hard=True):
        findings.append(about_field(declared, "length", pointer))
    elif _length_problem(scene, slot, hard=False):
        soft = about_field(declared, "length", pointer)
        soft.strength = "note"
        findings.append(soft)
    # A computed field that was filled in with another value.
    if given and declared.value is not None:
        if _contradicts(scene, slot, declared.value(scene)):
            findings.append(about_field(declared, "total", pointer))
    return findings


def _must_be_filled(declared: Input) -> bool:
    """Only what the applicant enters or attests is asked for.

    Judgements and registers are awaited from others.
    """
    return declared.origin in (None, "attested") and not declared.optional


def _contradicts(scene: Scene, slot: int, computed: Value) -> bool:
    """Whether what was entered is another value than the computed one."""
    data = scene.case.data(slot)
    entered = value_of(data, scene.track.inputs[slot].key, "other", True)
    if entered is None or isinstance(entered, Unknown):
        return False
    if computed is None or isinstance(computed, Unknown):
        return False
    return not same_value(entered, computed)
