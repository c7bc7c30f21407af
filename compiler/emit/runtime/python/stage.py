"""One stage of a batch under one setting of readings.

Packages in turn against the sender's quotas, then every quota of the stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from .definition import Quota
from .finding import Under
from .group import Belonging
from .keys import Grouping, GroupName, KeyedGroup, groups_of
from .lines import Batch, Decision, Package
from .quota import (
    Distance,
    GroupCount,
    GroupResult,
    Limit,
    Measure,
    count_group,
    distance_of,
    kind_of,
    limit_of,
    measure_of,
    over_cap,
    result_for,
)
from .read import Time
from .rules import result_of
from .scope import Note, add_note
from .sending import Sending, Taken, sendings_of
from .truth import not_, or_
from .value import Need

if TYPE_CHECKING:
    from .prepared import Prepared
    from .readings import Settings
    from .scene import Scene

_WEIGHTY = ("require", "complete", "in principle")


def _binds(quota: Quota) -> bool:
    """Whether exceeding it keeps a package out."""
    return not quota.soft and (quota.strength is None or quota.strength in _WEIGHTY)


def _is_upper(quota: Quota) -> bool:
    return kind_of(quota) in ("at most", "less")


def _is_cap(quota: Quota) -> bool:
    """A cap that can only be reached, never left again, by sending more."""
    return quota.grows and kind_of(quota) in ("at most", "less", "between", "equal")


class QuotaFinding:
    """What came of one quota for one group."""

    def __init__(
        self,
        of: Quota,
        group: KeyedGroup,
        counted: GroupCount,
        members: list[str],
        found: GroupResult,
    ) -> None:
        self.of = of
        self.strength = "note" if of.soft else of.strength or "require"
        self.result = found.result
        self.final = found.final
        self.needs: Sequence[Need] = found.needs
        self.key = {key.name: text for key, text in zip(of.keys, group.name)}
        self.measure: Measure = measure_of(of, counted)
        self.limit: Limit | None = limit_of(of, counted)
        self.distance: Distance | None = distance_of(counted)
        self.members = members
        self.under: list[Under] = []
        self.returned: list[str] = []
        self.addressed = of.binding.sender or of.binding.decider
        self.reason: str | None = None
        self.override: Decision | None = None

    def for_package(self) -> QuotaFinding:
        """The same, to stand under a package."""
        found = copy(self)
        found.under = []
        return found


class GroupFinding(NamedTuple):
    """The finding of a quota, by its position, for a group."""

    quota: int
    group: GroupName
    found: QuotaFinding


class Breach(NamedTuple):
    """How a sending failed against a quota."""

    counted: GroupCount
    packages: list[int]
    result: str


class Sent(NamedTuple):
    """A package, and its position."""

    at: int
    package: Package


class StageRun:
    """One stage of a batch."""

    def __init__(
        self,
        prepared: Prepared,
        batch: Batch,
        stage: str | None,
        settings: Settings,
        closed: bool,
        scenes: Sequence[Scene],
        ids: Sequence[str],
        by_id: dict[str, int],
        packages: Sequence[Sent],
        counted: Sequence[Belonging],
    ) -> None:
        self.prepared = prepared
        self.batch = batch
        self.stage = stage
        self.settings = settings
        self.closed = closed
        self.scenes = scenes
        self.ids = ids
        self.by_id = by_id
        self.packages = packages
        self.counted = counted
        self.quotas: list[GroupFinding] = []
        """Quotas in source order, groups in theirs."""
        self.judged: dict[int, list[QuotaFinding]] = {}
        """Per package position: the quotas it was judged by."""
        self.breaching: list[tuple[int, int]] = []
        """Cases of breaching groups with the quota's position."""
        self.notes: list[Note] = []
        """Data notes."""
        self.named: dict[str, int] = {}
        """How many packages name a case, by its id."""
        for _, package in packages:
            for id in set(package.cases):
                self.named[id] = self.named.get(id, 0) + 1
        self._breaches: dict[tuple[int, GroupName], list[Breach]] = {}

    def cases_of(self, package: Package) -> list[int]:
        """Positions of a package's cases that are in the batch and not taken back."""
        named = (self.by_id[id] for id in package.cases if id in self.by_id)
        return [at for at in named if not self.batch.cases[at].withdrawn]

    def sent_at(self, position: int) -> Time:
        """When a case was sent at the stage, by its own events."""
        for event in self.batch.cases[position].events:
            if self.stage is not None and event.stage == self.stage:
                return event.at
        return None

    def run(self) -> StageRun:
        """Judges packages in turn, then all quotas of the stage."""
        every = [
            (index, quota)
            for index, quota in enumerate(self.prepared.quotas)
            if quota.at == self.stage
        ]
        caps = [
            (index, quota)
            for index, quota in every
            if quota.binding.sender is not None and not quota.soft and _is_cap(quota)
        ]
        fitting = self._take_in_turn(caps)
        for index, quota in every:
            self._whole_quota(index, quota, fitting)
        return self

    def _groups(self, quota: Quota, cases: Sequence[Belonging]) -> list[KeyedGroup]:
        return groups_of(
            self.prepared,
            Grouping(quota.keys, quota.tracks),
            self.scenes,
            cases,
            self.settings,
        )

    def _count(
        self, quota: Quota, group: KeyedGroup, members: Sequence[Belonging]
    ) -> GroupCount:
        counted = count_group(
            self.prepared, quota, group, members, self.scenes, self.settings
        )
        for note in counted.notes:
            add_note(self.notes, note)
        return counted

    def _take_in_turn(self, caps: Sequence[tuple[int, Quota]]) -> dict[int, None]:
        """The sender's caps, sending by sending.

        Gives the cases whose sending fitted.
        """
        accepted: dict[int, None] = {}
        taken = [Taken(self, quota) for _, quota in caps]
        counts = dict(self.counted)
        for sending in sendings_of(self, [quota for _, quota in caps]):
            own = [at for at in dict.fromkeys(sending.cases) if at in counts]
            fits = True
            for (index, quota), one in zip(caps, taken):
                near = one.beside(own)
                if near is None:
                    near = sorted({*accepted, *own})
                together = [Belonging(at, counts[at]) for at in near]
                fits = self._against(index, quota, sending, together) and fits
            if not fits:
                continue
            for one in taken:
                one.take(at for at in own if at not in accepted)
            accepted.update(dict.fromkeys(own))
        return accepted

    def _against(
        self, index: int, quota: Quota, sending: Sending, together: list[Belonging]
    ) -> bool:
        """One sending against one cap, group by group; whether it fits."""
        fits = True
        own = set(sending.cases)
        for group in self._groups(quota, together):
            if not any(at in own for at, _ in group.members):
                continue
            counted = self._count(quota, group, group.members)
            over = over_cap(quota, counted) or False
            result, needs = result_of(True, or_(not_(counted.applies), not_(over)))
            reason = self._reason(quota, sending)
            if result == "unmet" and quota.strength == "in principle" and reason:
                result = "met"
            final = self.closed or result == "unmet"
            outcome = GroupResult(result, final, needs)
            found = self._finding(quota, group, counted, outcome)
            if over is True and result == "met":
                found.reason = reason
            for position in sending.packages:
                self._judge(position, found)
            if result == "unmet" and _binds(quota):
                fits = False
                breach = Breach(counted, sending.packages, result)
                self._breaches.setdefault((index, group.name), []).append(breach)
        return fits

    def _judge(self, position: int, found: QuotaFinding) -> None:
        self.judged.setdefault(position, []).append(found.for_package())

    def _reason(self, quota: Quota, sending: Sending) -> str | None:
        """A written reason for exceeding a quota: of a package of the sending."""
        packages = (self.batch.packages[position] for position in sending.packages)
        reasons = (package.reasons.get(quota.key) for package in packages)
        return next((reason for reason in reasons if reason is not None), None)

    def _whole_quota(self, index: int, quota: Quota, fitting: dict[int, None]) -> None:
        """A quota over all that counts: every group, one finding each."""
        # Groups are formed over all cases of the batch: one whose sending did not fit,
        # or that nobody brought to the stage, still stands.
        counts = dict(self.counted)
        every = [Belonging(at, counts.get(at, False)) for at in range(len(self.scenes))]
        for group in self._groups(quota, every):
            breaches = self._breaches.get((index, group.name))
            if breaches:
                counted, _, result = breaches[0]
                outcome = GroupResult(result, True)
                found = self._finding(quota, group, counted, outcome)
                found.returned = [
                    self._package_id(position)
                    for breach in breaches
                    for position in breach.packages
                ]
            else:
                members = [one for one in group.members if one.at in fitting]
                counted = self._count(quota, group, members)
                outcome = result_for(quota, counted, self.closed)
                found = self._finding(quota, group, counted, outcome)
                self._excuse(quota, found)
            found.override = self._decision(quota, group)
            if found.result == "unmet":
                self._mark(index, quota, group, found)
            self.quotas.append(GroupFinding(index, group.name, found))

    def _mark(
        self, index: int, quota: Quota, group: KeyedGroup, found: QuotaFinding
    ) -> None:
        """Cases of a breaching group get its outcome.

        Packages of a share that is over are returned.
        """
        members = {at for at, _ in group.members}
        if quota.outcome is not None:
            self.breaching.extend((at, index) for at, _ in group.members)
        if quota.binding.sender is None or not _is_upper(quota) or found.returned:
            return
        if not _binds(quota):
            return
        for position, package in self.packages:
            if members.isdisjoint(self.cases_of(package)):
                continue
            found.returned = [*found.returned, self._package_id(position)]
            self._judge(position, found)

    def _excuse(self, quota: Quota, found: QuotaFinding) -> None:
        """With a written reason of a package an `in principle` quota is met."""
        if quota.strength != "in principle" or found.result != "unmet":
            return
        reasons = (package.reasons.get(quota.key) for _, package in self.packages)
        reason = next((one for one in reasons if one is not None), None)
        if reason is not None:
            found.result = "met"
            found.reason = reason

    def _package_id(self, position: int) -> str:
        id = self.batch.packages[position].id
        return f"#{position + 1}" if id is None else id

    def _finding(
        self, quota: Quota, group: KeyedGroup, counted: GroupCount, found: GroupResult
    ) -> QuotaFinding:
        members = [self.ids[position] for position in counted.members]
        return QuotaFinding(quota, group, counted, members, found)

    def _decision(self, quota: Quota, group: KeyedGroup) -> Decision | None:
        """The decision recorded for a group."""
        for decision in reversed(self.batch.decisions):
            if decision.quota == quota.key and decides(decision, quota, group.name):
                return decision
        return None


def decides(decision: Decision, quota: Quota, group: GroupName) -> bool:
    """Whether a decision on a quota is on the group of this name."""
    return all(
        any(
            there == text and name in ("", key.name)
            for key, there in zip(quota.keys, group)
        )
        for name, text in decision.key.items()
    )
