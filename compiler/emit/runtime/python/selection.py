"""Selections: a computed proposal to the body that decides.

In: a prepared programme, a batch, options. Out: for each selection and group the
candidates in order, and how each fares.
Always: what is recorded as decided stands; where nothing is recorded, later selections
go by the proposal; the order of the batch decides nothing but the order in which level
candidates are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .assign import given_of
from .batch import entered, ids_of, scenes_of
from .cut import Cut, Fares, Limit, unknown
from .deadline import is_past
from .definition import Selection
from .group import Belonging, Group
from .keys import Grouping, GroupName, KeyedGroup, groups_of
from .number import Number
from .passing import Bounds
from .ranking import Candidate, Level, Sum, TypedValue, levels_of
from .readings import Settings, worlds
from .scene import any_stage
from .truth import Truth, and_, truth_of
from .value import Need, Unknown, Value, bounds_of, merge_needs, silent

if TYPE_CHECKING:
    from .lines import Batch
    from .options import Options
    from .prepared import Prepared
    from .scene import Scene
    from .vocabulary import CaseFunction


class Given(NamedTuple):
    """What one was given of its wishes: "" for nothing, None where it is open."""

    place: str | None


@dataclass
class Place:
    """Where one candidate stands, and how it fares."""

    at: int
    """Its position in the batch."""
    id: str
    track: str
    rank: int | None
    behind: str | None
    """The criterion that puts it behind the one above."""
    level: bool
    """Whether others stand level with it."""
    fares: Fares
    values: Sequence[TypedValue]
    moved_up: bool
    left: bool
    decided: bool | None
    """What was recorded as decided."""
    given: Given | None


@dataclass
class RankedList:
    """What is proposed of one group."""

    name: GroupName
    key: dict[str, str]
    limit: TypedValue | None
    places: list[Place]
    vacant: int | None


class Proposal(NamedTuple):
    """What one selection proposes."""

    selection: Selection
    lists: list[RankedList]


class _Answer(NamedTuple):
    """What is sure, and recorded nowhere."""

    at: int
    slot: int
    value: bool


def propose(prepared: Prepared, batch: Batch, options: Options) -> list[Proposal]:
    """What is proposed at a stage; without one, everything in turn."""
    stage = options.at
    known: list[_Answer] = []
    proposals = []
    for selection in prepared.selections:
        if not _is_due(prepared, selection, stage):
            continue
        run = _Run(prepared, batch, selection, options, known)
        lists = run.lists()
        known.extend(run.answers(lists))
        if stage is None or selection.at == stage:
            proposals.append(Proposal(selection, lists))
    return proposals


def _is_due(prepared: Prepared, selection: Selection, stage: str | None) -> bool:
    """Whether a selection is made at a stage or before it."""
    own = selection.at
    if stage is None or own is None or stage == own:
        return True
    for track in selection.tracks:
        positions = prepared.tracks[track].positions
        # On a route without its stage it is made before every stage.
        if positions.get(own, -1) < positions.get(stage, -1):
            return True
    return False


class _Run:
    """One selection over one batch."""

    def __init__(
        self,
        prepared: Prepared,
        batch: Batch,
        selection: Selection,
        options: Options,
        known: Iterable[_Answer],
    ) -> None:
        self.prepared = prepared
        self.batch = batch
        self.selection = selection
        self.options = options
        self.known = known
        """What earlier selections propose."""
        self.ids = ids_of(batch)

    def lists(self) -> list[RankedList]:
        """The lists of all groups.

        Where open readings give different lists, what differs is open.
        """
        uses = sorted(self.prepared.readings_of(self.selection.readings))
        first, *others = [
            self._world(world)
            for world in worlds(self.prepared, self.options.settings, uses)
        ]
        for other in others:
            there = {
                (list_.name, place.at): place.fares
                for list_ in other
                for place in list_.places
            }
            for list_ in first:
                for place in list_.places:
                    if there.get((list_.name, place.at)) != place.fares:
                        place.fares = unknown(silent().needs)
                        place.rank = place.behind = None
        return first

    def _world(self, settings: Settings) -> list[RankedList]:
        """The lists under fixed readings."""
        scenes = scenes_of(self.prepared, self.batch, settings, self.options.on)
        for at, slot, value in self.known:
            scenes[at].assume(slot, value)
        counts = (
            Belonging(at, self._counts(scene, at)) for at, scene in enumerate(scenes)
        )
        counted = [one for one in counts if one.truth is not False]
        keys, tracks = self.selection.keys, self.selection.tracks
        by = Grouping(keys, tracks)
        groups = groups_of(self.prepared, by, scenes, counted, settings)
        whole = self._whole(scenes, settings)
        return [
            _GroupRun(
                self, group, whole.get(group.name, []), scenes, settings
            ).ranked_list()
            for group in groups
        ]

    def _whole(
        self, scenes: Sequence[Scene], settings: Settings
    ) -> Mapping[GroupName, Sequence[Belonging]]:
        """The cases that its numbers count, by group: candidates or not."""
        selection = self.selection
        if not selection.counted:
            return {}
        came = [
            Belonging(
                at, False if scene.case.withdrawn else entered(scene, selection.at)
            )
            for at, scene in enumerate(scenes)
        ]
        by = Grouping(selection.keys, selection.counted)
        groups = groups_of(self.prepared, by, scenes, came, settings)
        return {group.name: group.members for group in groups}

    def _counts(self, scene: Scene, at: int) -> Truth:
        """Whether a case is a candidate."""
        selection = self.selection
        if scene.track.key not in selection.tracks:
            return False
        if scene.case.withdrawn and self.decided(at) is not True:
            return False
        when = (selection.when or {}).get(scene.track.key)
        is_meant = True if when is None else truth_of(when(scene))
        return and_(entered(scene, selection.at), is_meant)

    def _recorded_at(self, at: int) -> int | None:
        """Where a case records what was decided."""
        track = self.batch.cases[at].track
        pointer = self.selection.recorded.get(track.key)
        return None if pointer is None else track.slots.get(pointer)

    def decided(self, at: int) -> bool | None:
        """What was recorded as decided."""
        slot = self._recorded_at(at)
        data = None if slot is None else self.batch.cases[at].data(slot)
        return data if isinstance(data, bool) else None

    def answers(self, lists: Iterable[RankedList]) -> Iterable[_Answer]:
        """What is sure, and recorded nowhere: of every case whether it is selected."""
        answers: list[bool | None] = [False] * len(self.batch.cases)
        for list_ in lists:
            for place in list_.places:
                result = place.fares.result
                if result == "selected" and answers[place.at] is not None:
                    answers[place.at] = True
                elif result in ("tied", "unknown"):
                    answers[place.at] = None
        for at, answer in enumerate(answers):
            slot = self._recorded_at(at)
            if answer is None or slot is None:
                continue
            if self.batch.cases[at].data(slot) is None:
                yield _Answer(at, slot, answer)


class _GroupRun:
    """One group of a selection, under fixed readings."""

    def __init__(
        self,
        run: _Run,
        group: KeyedGroup,
        counted: Sequence[Belonging],
        scenes: Sequence[Scene],
        settings: Settings,
    ) -> None:
        self.run = run
        self.selection = run.selection
        self.group = group
        self.counted = counted
        self.scenes = scenes
        self.settings = settings

    def ranked_list(self) -> RankedList:
        """The candidates in order, and how each fares."""
        selection, group = self.selection, self.group
        limit, shown, needs = self._limit()
        candidates = [self._candidate(at, truth) for at, truth in group.members]
        cut = Cut(candidates, limit, needs, selection.tied)
        if selection.wait is not None:
            cut.wait(bounds_of(self._work(selection.wait)))
        moved, vacant = cut.refill(self._refills())
        order = cut.ranking.order()
        given = self._given(cut, order)
        cut.place(given)
        given_places = {at: Given(place) for at, place in given.items()}
        above = [None, *order]
        places = [
            self._place(cut, at, other, at in moved, given_places.get(at))
            for at, other in zip(order, above)
        ]
        names = [key.name for key in selection.keys]
        key = dict(zip(names, group.name))
        return RankedList(group.name, key, shown, places, vacant)

    def _given(self, cut: Cut, order: Sequence[int]) -> Mapping[int, str | None]:
        """What those who are selected were given, by position."""
        assign = self.selection.assign
        if assign is None:
            return {}
        places = assign.places
        return given_of(
            assign, cut, order, self.scenes, lambda wish: self._work(places, wish)
        )

    def _place(
        self, cut: Cut, at: int, above: int | None, moved_up: bool, given: Given | None
    ) -> Place:
        candidate = cut.candidates[at]
        rank, behind, level = None, None, 0
        ranked = cut.rank(at)
        if ranked is not None:
            rank, level = ranked
            by = None if above is None else cut.ranking.parted_by(at, above)
            behind = None if by is None else self.selection.order[by].name
        return Place(
            at=candidate.at,
            id=self.run.ids[candidate.at],
            track=self.scenes[candidate.at].track.key,
            rank=rank,
            behind=behind,
            level=level > 1,
            fares=cut.fares[at],
            values=candidate.values,
            moved_up=moved_up,
            left=candidate.left,
            decided=self.run.decided(candidate.at),
            given=given,
        )

    def _work(self, function: CaseFunction, *more: Value) -> Value:
        """Evaluates in the scope of the group, with more keys after its own."""
        prepared = self.run.prepared
        scope = Group(prepared, self.settings, self.scenes, self.counted)
        scope.keys.append([*self.group.values, *more])
        scope.subject = self.selection
        return function(scope)

    def _limit(self) -> tuple[Limit, TypedValue | None, Sequence[Need]]:
        """How many are taken: the limit, what of it is shown, what it awaits."""
        take = self.selection.take
        if take.limit is None or take.type is None:
            return Limit(take.kind), None, ()
        value = self._work(take.limit)
        needs = value.needs if isinstance(value, Unknown) else ()
        least: Bounds | None = None
        if take.least is not None:
            lower = self._work(take.least)
            least = bounds_of(lower)
            if isinstance(lower, Unknown):
                needs = merge_needs(needs, lower.needs)
        limit = Limit(take.kind, bounds_of(value), least)
        return limit, TypedValue(value, take.type), needs

    def _candidate(self, at: int, belongs: Truth) -> Candidate:
        scene = self.scenes[at]
        track = scene.track.key
        best: list[Level] = []
        worst: list[Level] = []
        values = []
        needs: Sequence[Need] = ()
        for criterion in self.selection.order:
            of = criterion.of[track]
            value = of.value(scene)
            if isinstance(value, Unknown):
                needs = merge_needs(needs, value.needs)
            high, low = levels_of(self.run.prepared, criterion, of.type, value)
            best.append(high)
            worst.append(low)
            values.append(TypedValue(value, of.type))
        adds = (self.selection.take.of or {}).get(track)
        added = 0 if adds is None else adds(scene)
        if isinstance(added, Unknown):
            needs = merge_needs(needs, added.needs)
        least, most = _least_and_most(added)
        return Candidate(
            at=at,
            belongs=belongs,
            best=tuple(best),
            worst=tuple(worst),
            values=values,
            least=least,
            most=most,
            left=self._has_left(scene),
            needs=needs,
        )

    def _has_left(self, scene: Scene) -> bool:
        """Whether a case left.

        Taken back, or at an end of its route before places are no longer filled again.
        """
        if scene.case.withdrawn:
            return True
        positions = scene.track.positions
        refill = positions.get(self.selection.refill or "")
        if refill is None or not scene.case.events:
            return False
        standing = scene.walk().standing or ()
        return bool(standing) and all(
            one.ended and positions.get(one.stage, refill) < refill for one in standing
        )

    def _refills(self) -> bool:
        """Whether places that become free are still filled again."""
        prepared, on = self.run.prepared, self.run.options.on
        if self.selection.refill is None:
            return False
        stage = any_stage(prepared, self.selection.refill)
        if on is None or stage is None or stage.due is None:
            return True
        scope = Group(prepared, self.settings)
        return not is_past(scope, on, stage.due(scope))


def _least_and_most(value: Value) -> tuple[Number, Sum]:
    """What a value adds to a sum, at least and at most."""
    # What has no value adds nothing.
    if value is None:
        return 0, 0
    low, high = bounds_of(value)
    # What is added is nothing below zero: the compiler has seen to it, save for money,
    # of which it is expected.
    if low is None or (isinstance(value, Unknown) and low < 0):
        low = 0
    return low, high
