"""Readings: what each is set to, and the worlds that follow from them.

From open ones all their words, of the others every other word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Union

from .number import Number
from .vocabulary import Reading

if TYPE_CHECKING:
    from .prepared import Prepared


class BandSetting(NamedTuple):
    """A band around a number, as a fraction of it."""

    band: Number


Setting = Union[int, str, BandSetting]
"""What a reading is set to: the index of a word, "open", a band, or "fixed"."""

Settings = tuple[Setting, ...]


def setting_of(reading: Reading) -> Setting:
    """The programme's own choice."""
    if reading.values is not None:
        return "open" if reading.chosen is None else reading.chosen
    return "fixed" if reading.band is None else BandSetting(reading.band)


# How many worlds are evaluated at most for open readings; beyond, the rest stays open
# where it is used.
_WORLDS = 256


def _replaced(settings: Settings, index: int, word: int) -> Settings:
    return (*settings[:index], word, *settings[index + 1 :])


def worlds(
    prepared: Prepared, settings: Settings, uses: Sequence[int]
) -> list[Settings]:
    """One setting of all readings for every combination of the words of open ones."""
    every = [settings]
    for index in uses:
        words = range(len(prepared.readings[index].values or ()))
        if settings[index] != "open" or not words or len(every) * len(words) > _WORLDS:
            continue
        every = [_replaced(world, index, word) for world in every for word in words]
    return every


class Alternative(NamedTuple):
    """Another word of one reading, and the settings with it."""

    reading: str
    word: str
    settings: Settings


def alternatives(
    prepared: Prepared, settings: Settings, uses: Sequence[int]
) -> Iterator[Alternative]:
    """Every other word of every reading in use, one reading at a time."""
    for index in uses:
        reading = prepared.readings[index]
        for i, word in enumerate(reading.values or ()):
            if settings[index] != i:
                yield Alternative(reading.key, word, _replaced(settings, index, i))
