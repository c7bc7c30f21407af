"""A package on its own: sender, time, channel, cases, materials, summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import messages
from .deadline import Timing, deadline_finding, keeps
from .definition import Stage
from .finding import Finding, about_cases, about_stage
from .group import Group
from .keys import key_text
from .lines import Package
from .materials import guard_of, judge_copies, material_checked
from .read import NoTime
from .scene import any_stage
from .stage import QuotaFinding, StageRun
from .summary import summary_findings
from .truth import Truth, or_

# States of a package, worst first.
_STATES = ("returned", "reason needed", "unknown", "complete")


@dataclass
class PackageResult:
    """What came of one package: its own findings, then those of quotas."""

    id: str | None
    key: dict[str, str]
    cases: Sequence[str]
    state: str
    own: list[Finding]
    quotas: Sequence[QuotaFinding]


def package_result(
    run: StageRun, package: Package, quotas: Sequence[QuotaFinding]
) -> PackageResult:
    """What came of one package; its findings are not yet printed."""
    stage = None if run.stage is None else any_stage(run.prepared, run.stage)
    own = [] if stage is None else list(_own(run, package, stage))
    brought = {_brings(found.strength, found.result) for found in own}
    brought.update(_brings(found.strength, found.result) for found in quotas)
    # A bare key is the key that the stage's actor has one body for.
    per = _sender_key_name(run, stage) or ""
    return PackageResult(
        id=package.id,
        key={name or per: text for name, text in package.key.items()},
        cases=package.cases,
        state=next((state for state in _STATES if state in brought), "complete"),
        own=own,
        quotas=quotas,
    )


def _own(run: StageRun, package: Package, stage: Stage) -> Iterable[Finding]:
    yield from _of_sender(run, package, stage)
    yield from _of_unknown_sender(run, package, stage)
    yield from _of_times(run, package, stage)
    yield from _of_cases(run, package, stage)
    yield from _of_materials(run, package)
    yield from summary_findings(run, package, stage)


def _brings(strength: str, result: str) -> str:
    weighty = strength in ("require", "complete", "in principle")
    if not weighty or result in ("met", "not applicable"):
        return "complete"
    if result != "unmet":
        return "unknown"
    return "reason needed" if strength == "in principle" else "returned"


def _sender_key_name(run: StageRun, stage: Stage | None) -> str | None:
    """The name of the key of which the stage's actor has one body per value."""
    if stage is None or stage.by is None:
        return None
    actor = run.prepared.actors.get(stage.by)
    return None if actor is None else actor.per


def _key_of(package: Package, per: str | None) -> str | None:
    """The sender's key: a bare one, or the one of this name."""
    texts = (text for name, text in package.key.items() if name in ("", per))
    return next(texts, None)


def _of_sender(run: StageRun, package: Package, stage: Stage) -> Iterable[Finding]:
    """Actor and channel."""
    actor = run.prepared.actors.get(stage.by or "")
    if actor is not None and package.by not in (None, actor.key, actor.name):
        yield about_stage(stage, "actor", "/by")
    if stage.channel is not None and package.channel not in (None, stage.channel):
        yield about_stage(stage, "channel", "/channel")


def _of_unknown_sender(
    run: StageRun, package: Package, stage: Stage
) -> Iterable[Finding]:
    """A sender that is none of the bodies there are.

    The key's closed list does not have it.
    """
    actor = run.prepared.actors.get(stage.by or "")
    closed = None if actor is None else run.prepared.lists.get(actor.keys or "")
    key = _key_of(package, None if actor is None else actor.per)
    if key is None or closed is None or key in closed.index:
        return
    found = about_stage(stage, "unlisted", "/key")
    found.message = messages.about(messages.of_field("unlisted"), key)
    yield found


def _of_times(run: StageRun, package: Package, stage: Stage) -> Iterable[Finding]:
    """The deadline."""
    if stage.due is None or package.at is None:
        return
    if isinstance(package.at, NoTime):
        yield about_stage(stage, "date", "/at")
        return
    scope = Group(run.prepared, run.settings)
    due = stage.due(scope)
    timing = Timing(due, package.at, keeps(scope, package.at, due))
    yield deadline_finding(scope, stage, timing, "late", "/at")


def _of_cases(run: StageRun, package: Package, stage: Stage) -> Iterable[Finding]:
    """Its cases: each in the batch, in one package only, of this sender."""
    named = {
        "missing": [id for id in package.cases if id not in run.by_id],
        "twice": [id for id in package.cases if run.named.get(id, 0) > 1],
        "differs": _foreign_cases(run, package, stage),
    }
    yield from _off_route(run, package, stage)
    for problem, ids in named.items():
        if ids:
            yield about_cases("package", stage, problem, ids, "/cases")


def _off_route(run: StageRun, package: Package, stage: Stage) -> Iterable[Finding]:
    """Cases whose own route does not pass the stage.

    By the stage at which their track sends: they came through the wrong channel.
    """
    by_stage: dict[Stage, list[str]] = {}
    for position in run.cases_of(package):
        route = run.scenes[position].stages
        if not route or any(one.key == stage.key for one in route):
            continue
        own = next((one for one in route if one.sends), route[0])
        by_stage.setdefault(own, []).append(run.batch.cases[position].id or "")
    for own, ids in by_stage.items():
        found = about_cases("package", stage, "channel", ids, "/cases")
        found.clauses = own.clauses
        listed = "、".join(ids)
        found.message = messages.about_two(messages.OFF_ROUTE, listed, own.words)
        yield found


def _foreign_cases(run: StageRun, package: Package, stage: Stage) -> list[str]:
    """Cases whose key is another than the package's."""
    per = _sender_key_name(run, stage)
    key = None if per is None else _key_of(package, per)
    if key is None:
        return []
    foreign = []
    for position in run.cases_of(package):
        text = _sender_text(run, position, per)
        id = run.batch.cases[position].id
        if text is not None and text != key and id is not None:
            foreign.append(id)
    return foreign


def _sender_text(run: StageRun, position: int, per: str | None) -> str | None:
    """What a case says of its sender."""
    scene = run.scenes[position]
    for slot, declared in enumerate(scene.track.inputs):
        if per == (declared.name or declared.key):
            return key_text(declared.shown, scene.slot_value(slot))
    return None


def _of_materials(run: StageRun, package: Package) -> Iterable[Finding]:
    """Materials of the package: of the tracks of its cases."""
    inside = [run.scenes[position] for position in run.cases_of(package)]
    for material in run.prepared.materials.values():
        if not material.per_package or material.at not in (None, run.stage):
            continue
        concerned = [one for one in inside if one.track.key in material.tracks]
        if not concerned:
            continue
        copies = package.materials.get(material.key, ())
        applies: Truth = or_(*(guard_of(scene, material) for scene in concerned))
        if material.optional and not copies:
            applies = False
        judged = judge_copies(material, copies, package.channel)
        yield material_checked(material, applies, judged)
