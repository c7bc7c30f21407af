"""A programme made ready once for many cases.

In: the programme's definition as the compiler prints it. Out: the same by key, with
where entries stand and the settings of readings.
Always: nothing of a case; the same for every case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import (
    NamedTuple,
    Protocol,
    TypeVar,
    Union,
    cast,
)

from .calendar import WorkingDays
from .definition import (
    AttestedTest,
    Declared,
    Definition,
    ExternalTest,
    Input,
    JudgedTest,
    Material,
    Stage,
    Summary,
    Test,
    Threshold,
    Track,
)
from .entry import plain_of
from .finding import Finding
from .readings import setting_of

Shape = dict[str, Union["Shape", int, str]]
"""Where entries of a track may stand.

A tree down to an input's slot or the key of a rule or member.
"""


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_K = TypeVar("_K", bound=_Keyed)


def _by_key(declared: Iterable[_K]) -> dict[str, _K]:
    return {one.key: one for one in declared}


def _places(declared: Iterable[_Keyed]) -> dict[str, int]:
    return {one.key: i for i, one in enumerate(declared)}


def _segments(pointer: str) -> list[str]:
    steps = pointer.split("/")[1:]
    return [step.replace("~1", "/").replace("~0", "~") for step in steps]


def _put(root: Shape, path: Sequence[str], leaf: int | str) -> None:
    at = root
    for name in path[:-1]:
        inner = at.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        at = inner
    at.setdefault(path[-1], leaf)


def _put_sheets(root: Shape, key: str, test: Test) -> None:
    if isinstance(test, Threshold):
        for member in test.members:
            _put_sheets(root, member.key, member.test)
    elif isinstance(test, JudgedTest):
        _put(root, ("judgements", key), key)
    elif isinstance(test, AttestedTest):
        _put(root, ("attested", key), key)
    elif isinstance(test, ExternalTest):
        _put(root, ("external", key), key)


def _shape_of(track: Track) -> Shape:
    root: Shape = {}
    for slot, declared in enumerate(track.inputs):
        _put(root, _segments(declared.pointer), slot)
    for rule in track.rules:
        _put_sheets(root, rule.key, rule.test)
    return _sorted(root)


def _sorted(shape: Shape) -> Shape:
    """The same tree with its names in order."""
    return {
        name: _sorted(inner) if isinstance(inner, dict) else inner
        for name, inner in sorted(shape.items())
    }


class InputStep(NamedTuple):
    """An input for which findings are made."""

    due: int
    slot: int


class RuleStep(NamedTuple):
    """A rule for which a finding is made."""

    due: int
    rule: int
    answered: bool
    """Whether its test is answered by people or registers."""
    settled: dict[str, Finding]
    """The findings that it gives in case after case, by result."""


class MaterialStep(NamedTuple):
    """A material for which a finding is made."""

    due: int
    material: Material


class StageStep(NamedTuple):
    """A stage for which findings are made."""

    due: int


Step = Union[InputStep, RuleStep, MaterialStep, StageStep]
"""What findings are made for, and the position of the stage at which it is due."""


def _is_plain(declared: Input) -> bool:
    """Whether nothing is asked of it but that it is there and of its type."""
    if declared.when is not None or declared.seal or declared.type.limits:
        return False
    return declared.origin is None and declared.value is None


class PreparedTrack:
    """A track with its declarations by key."""

    def __init__(self, track: Track, prepared: Prepared) -> None:
        self.key = track.key
        self.inputs = track.inputs
        self.lets = track.lets
        self.rules = track.rules
        self.outcomes = track.outcomes
        self.shape = _shape_of(track)
        self.plain = [plain_of(one.type, prepared.lists) for one in track.inputs]
        """What takes plain entries, by position of the input."""
        self.slots = {one.pointer: slot for slot, one in enumerate(track.inputs)}
        self.rule_index = _places(track.rules)
        self.let_index = _places(track.lets)
        self.stages: Sequence[Stage] = ()
        if track.route is not None:
            self.stages = prepared.routes[track.route].stages
        self.positions: dict[str, int] = {}
        for i, stage in enumerate(self.stages):
            self.positions.setdefault(stage.key, i)
        self.order = [self.rule_index[key] for key in track.order]
        self.steps = [self._step(one, prepared) for one in track.declared]
        plain = {slot for slot, one in enumerate(track.inputs) if _is_plain(one)}
        self.plain_slots = plain
        self.asking = [
            step
            for step in self.steps
            if not (isinstance(step, InputStep) and step.slot in plain)
        ]
        """Steps without the plain inputs."""
        self.readings = prepared.readings_of(track.readings)
        self.reason_keys = dict.fromkeys(rule.key for rule in track.rules)
        self.material_keys = dict.fromkeys(track.materials)

    def _step(self, declared: Declared, prepared: Prepared) -> Step:
        if declared.input is not None:
            slot = self.slots[declared.input]
            one = self.inputs[slot]
            return InputStep(self._due(one.stage), slot)
        if declared.rule is not None:
            index = self.rule_index[declared.rule]
            rule = self.rules[index]
            return RuleStep(self._due(rule.due), index, not callable(rule.test), {})
        if declared.material is not None:
            material = prepared.materials[declared.material]
            return MaterialStep(self._due(material.at), material)
        return StageStep(self.positions.get(declared.stage or "", -1))

    def _due(self, stage: str | None) -> int:
        return self.positions.get(stage or "", 0)

    def part(self, name: str) -> Shape:
        """The shape of a member of a case."""
        return cast(Shape, self.shape.get(name, {}))


def _heads_of(summaries: Iterable[Summary]) -> dict[str, dict[str, None]]:
    """Members of a summary's row.

    `case`, and the columns of all summaries; under a common head, the columns below
    it.
    """
    heads: dict[str, dict[str, None]] = {"case": {}}
    for summary in summaries:
        for column in summary.columns:
            head, *rest = _segments(column.pointer)
            heads.setdefault(head, {}).update(dict.fromkeys(rest))
    return heads


class Prepared:
    """The programme, by key."""

    def __init__(self, definition: Definition) -> None:
        self.programme = definition.programme
        self.version = definition.version
        self.zone = definition.zone
        calendar = definition.calendar
        self.working_days = None if calendar is None else WorkingDays(calendar)
        self.readings = definition.readings
        self.routes = definition.routes
        self.summaries = definition.summaries
        self.quotas = definition.quotas
        self.selections = definition.selections
        self.targets = definition.targets
        self.settings = tuple(setting_of(reading) for reading in self.readings)
        self.reading_index = _places(self.readings)
        self.builtins: dict[str, int] = {}
        for i, reading in enumerate(self.readings):
            if reading.builtin is not None:
                self.builtins[reading.builtin] = i
        self.actors = _by_key(definition.actors)
        self.lists = _by_key(definition.lists)
        self.records = _by_key(definition.records)
        self.tables = _by_key(definition.tables)
        self.constants = _by_key(definition.constants)
        self.materials = _by_key(definition.materials)
        self.stages: dict[str, None] = {}
        self.stage_names: dict[str, str] = {}
        """Keys of stages by key and by name."""
        for stage in definition.stages:
            key = stage if isinstance(stage, str) else stage.key
            name = None if isinstance(stage, str) else stage.name
            self.stages[key] = None
            self.stage_names[name or key] = key
            self.stage_names[key] = key
        self.quota_keys = dict.fromkeys(quota.key for quota in self.quotas)
        packed = (one.key for one in definition.materials if one.per_package)
        self.package_material_keys = dict.fromkeys(packed)
        self.summary_keys = _heads_of(self.summaries)
        self.tracks = {
            track.key: PreparedTrack(track, self) for track in definition.tracks
        }

    def readings_of(self, keys: Iterable[str]) -> list[int]:
        """The places of readings."""
        return [self.reading_index[key] for key in keys]
