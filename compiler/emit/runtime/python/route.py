"""A case's way along its route.

Events checked one after another, the stages reached, what is late or left out.
In: the case's events in the order they happened. Out: findings per stage, whether each
stage was entered, and where the case stands then.
Always: a guard that is not known leaves both ways open; a case without events has gone
nowhere and is blamed for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from . import messages
from .calendar import last_day, out_of_reach
from .date import Day, Moment, show_day
from .deadline import (
    Timing,
    address,
    deadline_finding,
    is_before,
    is_past,
    keeps,
)
from .definition import ByTrack, Stage, Transition
from .finding import Finding, about_stage
from .messages import Words
from .read import NoTime, Time
from .rules import waiver
from .truth import Truth, and_, not_, or_, truth_of
from .value import Unknown, awaited

if TYPE_CHECKING:
    from .case import Event
    from .scene import Scene

Places = dict[int, Truth]
"""Stages where the case may be now, each with whether it surely is.

In order of arrival.
"""


class AtStage(NamedTuple):
    """A finding at a stage, and the stage at which it falls due, by position."""

    due: int
    found: Finding


class Standing(NamedTuple):
    """A place on a route: a stage, or the end that a stage led to."""

    ended: bool
    result: str | None
    stage: str


def walk_of(scene: Scene) -> Walk:
    """Where a case went."""
    walk = Walk(scene)
    if scene.stages:
        walk.go()
    return walk


class Walk:
    """A case on its way; at the end, where it went."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._stages = scene.stages
        self._findings: dict[int, list[AtStage]] = {}
        self.entered: list[Truth] = [False for _ in scene.stages]
        """Whether each stage was."""
        self._ends: list[Standing] = []
        """Ends to which the last event may have led."""
        self.standing: list[Standing] | None = None
        """Where the case stands after its events."""

    def go(self) -> None:
        """Goes the whole way."""
        scene = self._scene
        events = scene.case.events
        places: Places = {}
        self._arrive(0, True, places, ())
        for index, event in enumerate(events):
            places = self._step(places, f"/events/{index}", event)
        if events:
            for at, truth in places.items():
                self._enter(at, truth)
            here = [Standing(False, None, self._stages[at].key) for at in places]
            self.standing = [*here, *self._ends]
        if events or not scene.in_batch:
            self._overdue(places)

    def _note(self, at: int, found: Finding, due: int | None = None) -> None:
        there = self._findings.setdefault(at, [])
        there.append(AtStage(at if due is None else due, found))

    def at(self, at: int) -> Sequence[AtStage]:
        """What came of it at a stage."""
        return self._findings.get(at, ())

    def _enter(self, at: int, truth: Truth) -> None:
        self.entered[at] = or_(self.entered[at], truth)

    def _position(self, key: str | None) -> int:
        """The place of a stage; -1 where there is none."""
        for i, stage in enumerate(self._stages):
            if stage.key == key:
                return i
        return -1

    def _step(self, places: Places, path: str, event: Event) -> Places:
        """One event.

        Is it in its place, by the right actor, in time; where does it lead.
        """
        at = self._position(event.stage)
        if at < 0:
            first = next(iter(places), 0)
            found = about_stage(self._stages[first], "unlisted", path)
            found.message = messages.about(messages.NO_SUCH_STAGE, event.stage or "")
            # It has happened: it is not for a later stage to look at.
            self._note(first, found, 0)
            return places
        stage = self._stages[at]
        self._in_place(places, at, path)
        self._enter(at, True)
        if _wrong_actor(self._scene, stage, event):
            self._note(at, about_stage(stage, "actor", path))
        if stage.channel is not None and event.channel not in (None, stage.channel):
            self._note(at, about_stage(stage, "channel", path))
        self._long_enough(at, event, path)
        late = self._in_time(at, event, path)
        following = self._leads_to(stage, event, late)
        if following is not None:
            return following
        if event.outcome is not None:
            self._note(at, about_stage(stage, "unlisted", path))
        return {at: True}

    def _in_place(self, places: Places, at: int, path: str) -> None:
        """Whether the route had led to this stage.

        If not, the stages it had led to were skipped.
        """
        stage = self._stages[at]
        truth = places.get(at)
        if isinstance(truth, Unknown):
            found = about_stage(stage, "skipped", path)
            found.result = "unknown"
            found.needs = truth.needs
            words = messages.about(messages.MAY_BE_SKIPPED, stage.words)
            keys = [need.key for need in truth.needs]
            awaits = Words("、".join(keys), ", ".join(keys))
            found.message = messages.joined(words, awaits)
            self._note(at, found)
        elif truth is None and not places:
            found = about_stage(stage, "extra", path)
            found.message = messages.about(messages.NO_SUCH_STAGE, stage.words)
            self._note(at, found)
        elif truth is None:
            for skipped in places:
                left = self._stages[skipped]
                zh, en = messages.about(messages.SKIPPED_FOR, left.words)
                there = stage.words
                found = about_stage(left, "skipped", path)
                found.message = Words(
                    zh.replace("{2}", there.zh), en.replace("{2}", there.en)
                )
                # Due at the earlier of the stage left out and the one entered instead,
                # which has happened.
                self._note(skipped, found, min(at, skipped))

    def _long_enough(self, at: int, event: Event, path: str) -> None:
        """Whether a public notice stood as long as it must.

        From the day the case came to the stage to the day it left, both included.
        """
        stage = self._stages[at]
        notice = stage.notice
        if notice is None or notice.at_least is None:
            return
        events = self._scene.case.events
        index = next(i for i, one in enumerate(events) if one is event)
        since = self._local_day(events[index - 1].at) if index > 0 else None
        until = self._local_day(event.at)
        if since is None or until is None:
            return
        prepared = self._scene.prepared
        last = last_day(prepared, since, notice.at_least)
        needs = out_of_reach(prepared, notice.at_least).needs
        if last.number <= until.number if last is not None else not needs:
            return
        found = address(about_stage(stage, "short", path), stage)
        if last is None:
            found.result = "unknown"
            found.needs = needs
            found.message = messages.about(messages.NOTICE_OPEN, stage.words)
        found.clauses = notice.clauses or stage.clauses
        a, b = show_day(since), show_day(until)
        numbers = Words(f"（{a} 至 {b}）", f" (from {a} to {b})")
        found.message = messages.joined(found.message, numbers)
        self._note(at, found)

    def _local_day(self, when: Time) -> Day | None:
        if isinstance(when, Day):
            return when
        zone = self._scene.prepared.zone
        if isinstance(when, Moment) and zone is not None:
            return zone.day_of(when)
        return None

    def _in_time(self, at: int, event: Event, path: str) -> bool:
        """The window and the deadline of a stage; whether the event was surely late."""
        scene = self._scene
        stage = self._stages[at]
        if isinstance(event.at, NoTime):
            self._note(at, about_stage(stage, "date", path))
        if stage.open is not None and is_before(
            scene.prepared.zone, event.at, stage.open(scene)
        ):
            self._note(at, address(about_stage(stage, "early", path), stage))
        if stage.due is None:
            return False
        due = stage.due(scene)
        if event.at is None or isinstance(event.at, NoTime):
            in_time: Truth = awaited(stage.key, "other")
        else:
            in_time = keeps(scene, event.at, due)
        timing = Timing(due, event.at, in_time)
        self._note(at, deadline_finding(scene, stage, timing, "late", path))
        return in_time is False

    def _arrive(
        self, at: int, truth: Truth, places: Places, seen: Sequence[int]
    ) -> None:
        """Arrives at a stage; one that is passed over (guard, waiver) leads on."""
        if at in seen:
            return
        stage = self._stages[at]
        waived, to = self._waived(stage)
        held = and_(self._guard(stage.when), not_(waived))
        here = and_(truth, held)
        if here is not False:
            places[at] = or_(places[at], here) if at in places else here
        beyond = and_(truth, not_(held))
        if beyond is False:
            return
        if to is not None:
            self._arrive(to, beyond, places, (*seen, at))
            return
        for transition in stage.transitions:
            self._follow(stage, transition, beyond, places, (*seen, at))

    def _follow(
        self,
        stage: Stage,
        transition: Transition,
        truth: Truth,
        places: Places,
        seen: Sequence[int],
    ) -> None:
        """Goes where a transition leads: to a stage, or to an end."""
        target = self._position(transition.to)
        if target >= 0:
            self._arrive(target, truth, places, seen)
            return
        end = Standing(True, transition.status, stage.key)
        if end not in self._ends:
            self._ends.append(end)

    def _guard(self, when: ByTrack | None) -> Truth:
        guard = None if when is None else when.get(self._scene.track.key)
        return True if guard is None else truth_of(guard(self._scene))

    def _waived(self, stage: Stage) -> tuple[Truth, int | None]:
        """Whether a waiver lifts the stage, and where the case goes instead."""
        truths: list[Truth] = []
        to: int | None = None
        for rule in self._scene.track.rules:
            for lifted in rule.waives:
                if lifted.stage != stage.key:
                    continue
                truths.append(waiver(self._scene, rule.key))
                target = self._position(lifted.to)
                if target >= 0 and to is None:
                    to = target
        return or_(*truths), to

    def _targets(self, stage: Stage) -> list[int]:
        places = (self._position(transition.to) for transition in stage.transitions)
        return [at for at in places if at >= 0]

    def _leads_to(self, stage: Stage, event: Event, late: bool) -> Places | None:
        """Where an event leads.

        None: the stage has no such outcome, or the event names none.
        """
        places: Places = {}
        self._ends = []
        if late and stage.late is not None:
            self._follow(stage, stage.late, True, places, ())
            return places
        named: list[Transition] = [
            transition
            for transition in stage.transitions
            if transition.outcome == event.outcome
        ]
        if not named:
            return None
        # Guards of one outcome are disjoint; the last may be `otherwise`.
        before: list[Truth] = []
        for transition in named:
            guard = self._guard(transition.when)
            taken = and_(*map(not_, before), guard)
            before.append(guard)
            if taken is not False:
                self._follow(stage, transition, taken, places, ())
        return places

    def _overdue(self, places: Places) -> None:
        """With a day to look at the case: stages where it should have been done."""
        scene = self._scene
        if scene.on is None:
            return
        ahead = list(places)
        for at in ahead:
            # Grows while it is gone through.
            for target in self._targets(self._stages[at]):
                if target not in ahead and self.entered[target] is False:
                    ahead.append(target)
        for index, at in enumerate(ahead):
            stage = self._stages[at]
            # A stage further on is overdue only where the case itself had to be handed
            # in.
            further = index >= len(places) and not stage.hands_in
            if stage.due is None or further:
                continue
            due = stage.due(scene)
            if is_past(scene, scene.on, due):
                timing = Timing(due, None, False)
                late = deadline_finding(scene, stage, timing, "overdue", "")
                self._note(at, late)


def _wrong_actor(scene: Scene, stage: Stage, event: Event) -> bool:
    if stage.by is None or event.by is None:
        return False
    actor = scene.prepared.actors[stage.by]
    return event.by not in (actor.key, actor.name)
