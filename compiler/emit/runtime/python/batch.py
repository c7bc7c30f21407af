"""Many cases at a stage: packages, quotas, decisions.

In: a prepared programme, the lines of a batch, options. Out: a report per case and one
on packages and quotas.
Always: the order of lines decides nothing but the order of what is printed; nobody is
picked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import messages
from .deadline import is_past
from .evaluate import Evaluated, evaluate_case
from .finding import Under
from .group import Belonging, Group
from .package import PackageResult, package_result
from .readings import Alternative, Settings, alternatives, worlds
from .scene import Scene, any_stage
from .scope import Note, add_note
from .stage import GroupFinding, QuotaFinding, Sent, StageRun, decides
from .truth import Truth
from .value import silent
from .verdict import worsened

if TYPE_CHECKING:
    from .date import Day, Moment
    from .lines import Batch, Package
    from .options import Options
    from .prepared import Prepared


@dataclass
class EvaluatedBatch:
    """What came of a batch; nothing is printed yet (report.py)."""

    reports: list[Evaluated]
    closed: bool
    stage: str | None
    notes: list[Note]
    packages: list[PackageResult]
    findings: list[QuotaFinding]


def evaluate_batch(
    prepared: Prepared, batch: Batch, options: Options
) -> EvaluatedBatch:
    """Evaluates a batch at a stage; without one, at every stage in turn."""
    run = _BatchRun(prepared, batch, options)
    reports = [
        evaluate_case(prepared, case, options, in_batch=True) for case in batch.cases
    ]
    closed = options.closed
    if options.at is not None:
        closed = run.is_closed(options.at, options.settings)
    run.stages(reports)
    run.unused_decisions()
    return EvaluatedBatch(
        reports=reports,
        closed=closed,
        stage=options.at,
        notes=run.notes,
        packages=[run.packages[index] for index in sorted(run.packages)],
        findings=[one.found for one in run.findings],
    )


def ids_of(batch: Batch) -> list[str]:
    """Ids of the cases; one without is called by its place among the cases."""
    return [case.id or f"#{i + 1}" for i, case in enumerate(batch.cases)]


def scenes_of(
    prepared: Prepared, batch: Batch, settings: Settings, on: Day | Moment | None
) -> list[Scene]:
    """The scenes of all cases, under one setting of readings."""
    return [Scene(prepared, case, settings, on, in_batch=True) for case in batch.cases]


class _BatchRun:
    def __init__(self, prepared: Prepared, batch: Batch, options: Options) -> None:
        self.prepared = prepared
        self.batch = batch
        self.options = options
        self.ids = ids_of(batch)
        self.by_id = {case.id: i for i, case in enumerate(batch.cases) if case.id}
        self.packages: dict[int, PackageResult] = {}
        self.findings: list[GroupFinding] = []
        self.notes: list[Note] = []

    def is_closed(self, stage: str, settings: Settings) -> bool:
        """Closed iff said so, or the day looked at is past the stage's deadline."""
        closed, on = self.options.closed, self.options.on
        if closed or on is None:
            return closed
        found = any_stage(self.prepared, stage)
        if found is None or found.due is None:
            return False
        scope = Group(self.prepared, settings)
        return is_past(scope, on, found.due(scope))

    def stages(self, reports: Sequence[Evaluated]) -> None:
        """Every stage asked for, and quotas without a stage."""
        prepared, options = self.prepared, self.options
        asked: list[str | None] = [options.at]
        if options.at is None:
            asked = [*prepared.stages, None]
        for stage in asked:
            has_quota = any(quota.at == stage for quota in prepared.quotas)
            sent = any(self.is_sent_at(one, stage) for one in self.batch.packages)
            if not has_quota and not sent:
                continue
            uses = self.uses(stage)
            result = self.settled(stage, options.settings, uses)
            if options.alternatives:
                for other in alternatives(prepared, options.settings, uses):
                    there = self.settled(stage, other.settings, uses)
                    _compare(result, there, other)
            self.outcomes(result, reports)
            run = self.at_stage(stage, options.settings)
            for index, package in run.packages:
                judged = result.judged.get(index, ())
                self.packages[index] = package_result(run, package, judged)
            self.findings.extend(result.quotas)
            for note in result.notes:
                add_note(self.notes, note)
        self.findings.sort(key=lambda one: one.quota)

    def unused_decisions(self) -> None:
        """No decision is passed over in silence: one that nothing took up is noted."""
        for decision in self.batch.decisions:
            quotas = enumerate(self.prepared.quotas)
            found = next((one for one in quotas if one[1].key == decision.quota), None)
            if found is None:
                add_note(self.notes, Note("", (), messages.NO_QUOTA))
                continue
            index, quota = found
            groups = [one.group for one in self.findings if one.quota == index]
            if any(decides(decision, quota, group) for group in groups):
                continue
            words = messages.about(messages.NOT_JUDGED, quota.words)
            if groups:
                name = "、".join(decision.key.values())
                there = messages.NO_SUCH_GROUP
                words = messages.about_two(there, name, quota.words)
            add_note(self.notes, Note(quota.key, quota.clauses, words))

    def is_sent_at(self, package: Package, stage: str | None) -> bool:
        if stage is None:
            return False
        own = self.options.at if package.stage is None else package.stage
        return own == stage

    def uses(self, stage: str | None) -> list[int]:
        """Readings that the quotas of a stage depend on, ascending."""
        quotas = (quota for quota in self.prepared.quotas if quota.at == stage)
        keys = {key for quota in quotas for key in quota.readings}
        return sorted(self.prepared.readings_of(keys))

    def settled(
        self, stage: str | None, settings: Settings, uses: Sequence[int]
    ) -> StageRun:
        """A stage under these settings.

        Under open readings, what all their words agree on.
        """
        first, *others = [
            self.at_stage(stage, world).run()
            for world in worlds(self.prepared, settings, uses)
        ]
        for other in others:
            for note in other.notes:
                add_note(first.notes, note)
            for mine, there in zip(first.quotas, other.quotas):
                if mine.found.result != there.found.result:
                    mine.found.result = "unknown"
                    mine.found.needs = silent().needs
        return first

    def at_stage(self, stage: str | None, settings: Settings) -> StageRun:
        """Sets the scene at a stage."""
        prepared, batch, on = self.prepared, self.batch, self.options.on
        scenes = scenes_of(prepared, batch, settings, on)
        counted = []
        for at, scene in enumerate(scenes):
            truth = False if scene.case.withdrawn else entered(scene, stage)
            if truth is not False:
                counted.append(Belonging(at, truth))
        packages = [
            Sent(index, package)
            for index, package in enumerate(batch.packages)
            if self.is_sent_at(package, stage)
        ]
        closed = self.options.closed
        if stage is not None:
            closed = self.is_closed(stage, settings)
        return StageRun(
            prepared,
            batch,
            stage,
            settings,
            closed,
            scenes,
            self.ids,
            self.by_id,
            packages,
            counted,
        )

    def outcomes(self, result: StageRun, reports: Sequence[Evaluated]) -> None:
        """Every case of a breaching group gets the quota's outcome."""
        for position, quota in result.breaching:
            track = self.batch.cases[position].track
            outcome = (self.prepared.quotas[quota].outcome or {}).get(track.key)
            report = reports[position]
            if outcome is not None and report.outcome is not None:
                report.outcome = worsened(track.outcomes, report.outcome, outcome)


def entered(scene: Scene, stage: str | None) -> Truth:
    """Whether a case entered a stage; one without events counts everywhere."""
    if stage is None or not scene.case.events:
        return True
    at = scene.track.positions.get(stage)
    return False if at is None else scene.walk().entered[at]


def _compare(result: StageRun, there: StageRun, other: Alternative) -> None:
    """Notes under each quota what another word of one reading would give."""
    by_name: dict[tuple[int, tuple[str, ...]], QuotaFinding] = {
        (index, group): found for index, group, found in reversed(there.quotas)
    }
    for index, group, found in result.quotas:
        twin = by_name.get((index, group))
        if twin is not None and twin.result != found.result:
            found.under.append(Under(other.reading, twin.result, other.word))
