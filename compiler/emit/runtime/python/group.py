"""The surroundings of a quota: one group of cases, with its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import (
    TYPE_CHECKING,
    Callable,
    NamedTuple,
    TypeVar,
)

from .aggregate import NO_VALUE, Counted, Portion, aggregate, share_of
from .scene import any_stage, as_day
from .scope import OfCases, Scope, add_note
from .truth import Truth, and_, truth_of
from .value import Unknown, Value, silent

if TYPE_CHECKING:
    from .prepared import Prepared
    from .readings import Settings
    from .scene import Scene

_T = TypeVar("_T")


class Belonging(NamedTuple):
    """The position of a case, and whether it surely belongs or counts."""

    at: int
    truth: Truth


class Group(Scope):
    """One group of the cases of a batch."""

    def __init__(
        self,
        prepared: Prepared,
        settings: Settings,
        scenes: Sequence[Scene] = (),
        members: Sequence[Belonging] = (),
    ) -> None:
        super().__init__(prepared, settings)
        self.scenes = scenes
        """Of all cases of the batch."""
        self.members = members
        self.counted: set[int] = set()
        """Positions of cases that an aggregate counted surely or maybe."""
        self.portions: tuple[int, int] | None = None
        """Part and base of the last share, where both are known."""

    def due(self, key: str) -> Value:
        stage = any_stage(self.prepared, key)
        if stage is None or stage.due is None:
            return silent()
        return as_day(self.prepared, stage.due(self))

    def over_cases(self, op: str, parts: Sequence[OfCases]) -> Value:
        def work(part: OfCases, belongs: Truth, scene: Scene, at: int) -> Counted:
            inside = True if part.where is None else truth_of(part.where(scene))
            asks = part.value is not None and inside is not False
            value = part.value(scene) if part.value and asks else NO_VALUE
            counts = and_(belongs, inside)
            if counts is not False:
                self.counted.add(at)
            return Counted(counts, value)

        return aggregate(op, self._each(parts, work))

    def share(self, parts: Sequence[OfCases], denominator: str | None = None) -> Value:
        def work(part: OfCases, belongs: Truth, scene: Scene, at: int) -> Portion:
            in_base = False if part.base is None else truth_of(part.base(scene))
            in_part = False if part.part is None else truth_of(part.part(scene))
            base = and_(belongs, in_base)
            if base is not False:
                self.counted.add(at)
            return Portion(base, in_part)

        value, self.portions = share_of(self._each(parts, work))
        # A share whose base is surely empty is a division by zero.
        if isinstance(value, Unknown) and not value.needs:
            self.note_zero(denominator)
        return value

    def _each(
        self, parts: Sequence[OfCases], work: Callable[[OfCases, Truth, Scene, int], _T]
    ) -> list[_T]:
        """Works on every member whose track is among the parts.

        In the scope of its case and with the group's keys.
        """
        by_track = {part.track: part for part in reversed(parts)}
        keys = self.keys[-1] if self.keys else ()
        results = []
        for at, belongs in self.members:
            scene = self.scenes[at]
            part = by_track.get(scene.track.key)
            if part is None:
                continue
            results.append(self._within(scene, keys, part, belongs, at, work))
        return results

    def _within(
        self,
        scene: Scene,
        keys: Sequence[Value],
        part: OfCases,
        belongs: Truth,
        at: int,
        work: Callable[[OfCases, Truth, Scene, int], _T],
    ) -> _T:
        scene.keys.append(keys)
        before = len(scene.notes)
        outer, scene.subject = scene.subject, self.subject
        result = work(part, belongs, scene, at)
        scene.subject = outer
        scene.keys.pop()
        # What a filter notes is noted of the quota; what a fact or let of the case
        # notes stands in the report of the case.
        fresh = scene.notes[before:]
        del scene.notes[before:]
        for note in fresh:
            if self.subject is not None and note.rule == self.subject.key:
                add_note(self.notes, note)
        return result
