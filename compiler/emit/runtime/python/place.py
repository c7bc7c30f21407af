"""Where something stands in a JSON value.

In: names of members and positions of items. Out: JSON pointers.
Always: a pointer is only put together where it is told.
"""

from __future__ import annotations

from typing import Union

Place = Union[str, tuple["Place", Union[str, int]]]
"""A pointer, or the name of something within a place."""


def below(outer: Place, name: str | int) -> Place:
    """The place of a member or item."""
    return outer, name


def pointer_to(place: Place) -> str:
    """A place as JSON pointer."""
    segments: list[str] = []
    while not isinstance(place, str):
        place, name = place
        segments.append(str(name).replace("~", "~0").replace("/", "~1"))
    return "/".join([place, *reversed(segments)])
