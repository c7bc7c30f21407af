"""One case in the making: the value of every fact, let and rule, each worked out once.

In: a prepared programme, a case, the settings of readings, the day it is looked at.
Out: values and findings, by asking.
Always: nothing is evaluated twice; nothing outside the case is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .date import Day, Moment
from .definition import Stage
from .inputs import has_entry, work_out_input, work_out_relevance
from .read import NoTime
from .route import Walk, walk_of
from .rules import Judgement, as_operand, work_out_rule
from .scope import Scope
from .truth import Truth
from .value import Value, awaited, silent

if TYPE_CHECKING:
    from .case import Case
    from .prepared import Prepared
    from .readings import Settings


class Scene(Scope):
    """One case under one setting of all readings."""

    def __init__(
        self,
        prepared: Prepared,
        case: Case,
        settings: Settings,
        on: Day | Moment | None,
        in_batch: bool = False,
    ) -> None:
        super().__init__(prepared, settings)
        self.case = case
        self.track = case.track
        self.on = on
        self.in_batch = in_batch
        """In a batch a case without events is where the batch is.

        So nothing of it is overdue.
        """
        self._inputs: dict[int, Value] = {}
        self._read: dict[str, Value] = {}
        self._relevant: dict[int, Truth] = {}
        self._lets: dict[int, Value] = {}
        self._rules: dict[int, Judgement] = {}
        self._walk: Walk | None = None

    @property
    def stages(self) -> Sequence[Stage]:
        """The stages of the case's route."""
        return self.track.stages

    def slot_value(self, slot: int) -> Value:
        """The value of an input by its position in the track."""
        if slot not in self._inputs:
            self._inputs[slot] = work_out_input(self, slot)
        return self._inputs[slot]

    def assume(self, slot: int, value: Value) -> None:
        """Takes an input to have this value."""
        self._inputs[slot] = value

    def relevance(self, slot: int) -> Truth:
        """Whether an input is relevant (its guard)."""
        if slot not in self._relevant:
            self._relevant[slot] = work_out_relevance(self, slot)
        return self._relevant[slot]

    def let_value(self, index: int) -> Value:
        """The value of a let by its position in the track."""
        if index not in self._lets:
            named = self.track.lets[index]
            self._lets[index] = self.naming(named, lambda: named.value(self))
        return self._lets[index]

    def judged(self, index: int) -> Judgement:
        """The result of a rule by its position in the track."""
        if index not in self._rules:
            self._rules[index] = work_out_rule(self, self.track.rules[index])
        return self._rules[index]

    def walk(self) -> Walk:
        """The case's way along its route."""
        if self._walk is None:
            self._walk = walk_of(self)
        return self._walk

    # What the names in expressions mean.

    def read(self, pointer: str) -> Value:
        try:
            return self._read[pointer]
        except KeyError:
            slot = self.track.slots.get(pointer)
            value = None if slot is None else self.slot_value(slot)
            self._read[pointer] = value
            return value

    def is_given(self, pointer: str) -> bool:
        slot = self.track.slots.get(pointer)
        if slot is None or not has_entry(self, slot):
            return False
        return self.relevance(slot) is not False

    def rule(self, key: str) -> Value:
        return as_operand(self.judged(self.track.rule_index[key]))

    def let(self, key: str) -> Value:
        return self.let_value(self.track.let_index[key])

    def due(self, key: str) -> Value:
        own = next((stage for stage in self.stages if stage.key == key), None)
        stage = any_stage(self.prepared, key) if own is None else own
        if stage is None or stage.due is None:
            return silent()
        return as_day(self.prepared, stage.due(self))

    def time(self, key: str) -> Value:
        at = self.case.last_at(key)
        return awaited(key, "other") if at is None or isinstance(at, NoTime) else at


def any_stage(prepared: Prepared, key: str) -> Stage | None:
    """A stage of any route."""
    stages = (stage for route in prepared.routes for stage in route.stages)
    return next((stage for stage in stages if stage.key == key), None)


def as_day(prepared: Prepared, value: Value) -> Value:
    """A deadline's value as a day: midnight belongs to the day that ends then."""
    if not isinstance(value, Moment):
        return value
    if prepared.zone is None:
        return silent()
    return prepared.zone.day_of(Moment(value.seconds - 1))
