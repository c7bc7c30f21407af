"""Keys by which cases stand in groups: of quotas, and of selections.

Always: a case whose key is blank may be in any group; groups are ordered by the ranges
of their keys, present keys by their text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .date import Day, show_day
from .definition import GroupKey, KeyRange, Quota
from .group import Belonging, Group
from .number import is_number, show_number
from .report import shown_number
from .truth import Truth, and_
from .value import Need, Unknown, Value
from .vocabulary import ValueType

if TYPE_CHECKING:
    from .prepared import Prepared
    from .readings import Settings
    from .scene import Scene

GroupName = tuple[str, ...]
"""The texts of a group's keys."""


class Grouping(NamedTuple):
    """What groups cases: the keys, and the tracks whose cases count."""

    keys: Sequence[GroupKey]
    tracks: Sequence[str]


class KeyText(NamedTuple):
    """A value of a key, and its text."""

    text: str
    value: Value


class CaseKey(NamedTuple):
    """The key of one case.

    A known one has a text, an open one needs; one that the case does not have has
    neither: then the case is in no group.
    """

    known: KeyText | None = None
    needs: Sequence[Need] | None = None


class KeyedGroup(NamedTuple):
    """A group: its name, its keys' values, and the cases in it."""

    name: GroupName
    values: Sequence[Value]
    members: list[Belonging]


def key_text(type: ValueType | None, value: Value) -> str | None:
    """A key's value as data shows it; None where it has none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if is_number(value):
        if type is not None and type.kind == "number":
            return str(shown_number(value, type))
        return show_number(value)
    return show_day(value) if isinstance(value, Day) else None


def _case_key(key: GroupKey, scene: Scene) -> CaseKey:
    of = key.of.get(scene.track.key)
    if of is None:
        return CaseKey()
    value = of.value(scene)
    text = key_text(of.type, value)
    if text is not None:
        return CaseKey(known=KeyText(text, value))
    return CaseKey(needs=value.needs if isinstance(value, Unknown) else None)


def _may_belong(keys: Sequence[CaseKey], name: GroupName) -> Truth:
    """Whether a case with these keys is in the group of this name."""
    same: list[Truth] = []
    for key, text in zip(keys, name):
        if key.needs is not None:
            same.append(Unknown(key.needs))
        else:
            same.append(key.known is not None and key.known.text == text)
    return and_(*same)


def named_key(quota: Quota, name: str, scene: Scene) -> str | None:
    """The text of a case's key of this name; None if it is not known."""
    key = next((one for one in quota.keys if one.name == name), None)
    known = None if key is None else _case_key(key, scene).known
    return None if known is None else known.text


def place_of(quota: Quota, scene: Scene) -> GroupName | bool:
    """Where a case stands among a quota's groups.

    The name of one; True: in any, as far as known; False: in none.
    """
    keys = [_case_key(key, scene) for key in quota.keys]
    if any(key.known is None and key.needs is None for key in keys):
        return False
    name = _known_name(keys)
    return True if name is None else name


def _known_name(keys: Sequence[CaseKey]) -> GroupName | None:
    texts = [key.known.text for key in keys if key.known is not None]
    return tuple(texts) if len(texts) == len(keys) else None


class _Keyed(NamedTuple):
    at: int
    counts: Truth
    keys: list[CaseKey]


def groups_of(
    prepared: Prepared,
    grouping: Grouping,
    scenes: Sequence[Scene],
    cases: Sequence[Belonging],
    settings: Settings,
) -> list[KeyedGroup]:
    """All groups there are, with the cases given, each with whether it counts."""
    keyed = [
        _Keyed(at, counts, [_case_key(key, scenes[at]) for key in grouping.keys])
        for at, counts in cases
        if scenes[at].track.key in grouping.tracks
    ]
    ranges = [
        _range_of(prepared, key.range, [one.keys[i] for one in keyed], settings)
        for i, key in enumerate(grouping.keys)
    ]
    groups = _product(ranges)
    by_name = {group.name: group for group in groups}
    for at, counts, own in keyed:
        # One that does not count still shows its keys.
        if counts is False:
            continue
        name = _known_name(own)
        if name is not None:
            if name in by_name:
                by_name[name].members.append(Belonging(at, counts))
            continue
        for group in groups:
            belongs = _may_belong(own, group.name)
            if belongs is not False:
                group.members.append(Belonging(at, and_(counts, belongs)))
    return groups


def _range_of(
    prepared: Prepared, range: KeyRange, keys: Sequence[CaseKey], settings: Settings
) -> list[KeyText]:
    """The values that a key has."""
    if range.list is not None:
        return [KeyText(text, text) for text in prepared.lists[range.list].index]
    values: dict[str, KeyText] = {}
    # The constant keys of the table that the check indexes with this key.
    scope = Group(prepared, settings)
    for constant in range.constants or ():
        value = constant(scope) if callable(constant) else constant
        text = key_text(range.type, value)
        if text is not None:
            values.setdefault(text, KeyText(text, value))
    present = {key.known.text: key.known for key in reversed(keys) if key.known}
    fresh = [present[text] for text in sorted(present) if text not in values]
    return [*values.values(), *fresh]


def _product(ranges: Sequence[Sequence[KeyText]]) -> list[KeyedGroup]:
    """Every combination of keys, the last key changing fastest.

    Without keys there is one group.
    """
    groups = [KeyedGroup((), [], [])]
    for range in ranges:
        groups = [
            KeyedGroup((*group.name, key.text), [*group.values, key.value], [])
            for group in groups
            for key in range
        ]
    return groups
