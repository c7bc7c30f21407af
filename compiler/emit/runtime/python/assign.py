"""Places by wish: each who is selected gets the first of its wishes that is free.

In: the cut of a group, its order, what each wishes for, how many places there are. Out:
what each was given.
Always: where it matters in which order equals choose, or a wish, a place or who is
selected is open, it is open for these and for all behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Callable

from .cut import SELECTED, Cut
from .expression import value_of
from .keys import KeyText, key_text
from .number import Number, is_number, subtract
from .value import Fields, Value

if TYPE_CHECKING:
    from .definition import Assign
    from .scene import Scene


class _Free:
    """How many places of each wish are free."""

    def __init__(self, places_of: Callable[[Value], Value]) -> None:
        self._places_of = places_of
        self._places: dict[str, Number | None] = {}

    def of(self, wish: KeyText) -> Number | None:
        """How many; None where it is not known."""
        if wish.text not in self._places:
            places = self._places_of(wish.value)
            self._places[wish.text] = places if is_number(places) else None
        return self._places[wish.text]

    def take(self, wish: KeyText) -> None:
        """Takes one."""
        places = self.of(wish)
        if places is not None:
            self._places[wish.text] = subtract(places, 1)


def given_of(
    assign: Assign,
    cut: Cut,
    order: Sequence[int],
    scenes: Sequence[Scene],
    places_of: Callable[[Value], Value],
) -> dict[int, str | None]:
    """What each of those who are selected was given, by position.

    "" for nothing, None where it is open. `places_of` tells how many places there are
    of a wish.
    """
    given: dict[int, str | None] = {}
    free = _Free(places_of)
    is_open = False
    for _, equals in groupby(order, key=cut.ranking.best.__getitem__):
        level = list(equals)
        if any(cut.fares[at].result in ("unknown", "tied") for at in level):
            is_open = True
        choosing = [
            at
            for at in level
            if cut.fares[at] == SELECTED and not cut.candidates[at].left
        ]
        if not choosing:
            continue
        own = [scenes[cut.candidates[at].at] for at in choosing]
        choices = None if is_open else _choices_of(assign, own, free)
        if choices is None:
            is_open = True
            given.update(dict.fromkeys(choosing))
            continue
        for at, choice in zip(choosing, choices):
            given[at] = ""
            if choice is not None:
                given[at] = choice.text
                free.take(choice)
    return given


def _choices_of(
    assign: Assign, scenes: Sequence[Scene], free: _Free
) -> list[KeyText | None] | None:
    """What each would choose first, if anything.

    None where it is open, or equals can't all have what they would choose.
    """
    choices = []
    for scene in scenes:
        wishes = _wishes_of(assign, scene)
        if wishes is None:
            return None
        choice = None
        for wish in wishes:
            places = free.of(wish)
            if places is None:
                return None
            if places >= 1:
                choice = wish
                break
        choices.append(choice)
    texts = [choice.text for choice in choices if choice is not None]
    for choice in choices:
        places = None if choice is None else free.of(choice)
        if choice is not None and places is not None:
            if places < texts.count(choice.text):
                return None
    return choices


def _wishes_of(assign: Assign, scene: Scene) -> list[KeyText] | None:
    """The wishes of a case in its order; None where they are not known."""
    of = assign.wishes.get(scene.track.key)
    items = None if of is None else of.value(scene)
    if of is None or not isinstance(items, list):
        return None
    wishes = []
    for data in items:
        first = data.values[0] if isinstance(data, Fields) else data
        value = value_of(first, "", "other", False)
        text = key_text(of.type, value)
        if text is None:
            return None
        wishes.append(KeyText(text, value))
    return wishes
