"""Strict reading: what all readers share.

In: Spots (json.py). Out: typed data, or a Refusal raised.
Always: an unknown member, a wrong JSON type, a number out of range is refused; a value
of the right JSON type that its field does not accept is a fault of the case, not a
refusal.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import (
    Callable,
    NoReturn,
    Protocol,
    TypeVar,
    Union,
)

from .date import Day, Moment, parse_day, parse_moment
from .json import Digits, Member, Members, Node, Spot, below
from .refusal import Refusal, meant
from .shared import CODES
from .text import is_blank

_LARGEST = 2**53 - 1

_T = TypeVar("_T")


class Names(Container[str], Iterable[str], Protocol):
    """The names that members may have: a set, or the keys of a dict."""


def _kind_name(node: Node) -> tuple[str, str]:
    if node is None:
        return "空值", "null"
    if isinstance(node, bool):
        return "是/否", "true or false"
    if isinstance(node, str):
        return "字符串", "a string"
    if isinstance(node, Digits):
        return "数字", "a number"
    if isinstance(node, Members):
        return "对象", "an object"
    return "数组", "an array"


def wrong_type(spot: Spot, pointer: str, zh: str, en: str) -> NoReturn:
    """Refuses: another JSON type than the one that belongs here."""
    found_zh, found_en = _kind_name(spot.node)
    raise Refusal(
        CODES["WRONG_TYPE"],
        spot.at,
        pointer,
        f"“{pointer}”应为{zh}，这里是{found_zh}",
        f"`{pointer}` should be {en}, not {found_en}",
    )


def object_(spot: Spot, pointer: str) -> list[Member]:
    """The members of an object."""
    node = spot.node
    if isinstance(node, Members):
        return node.list
    wrong_type(spot, pointer, "对象", "an object")


def list_(spot: Spot, pointer: str) -> list[Spot]:
    """The items of a list."""
    node = spot.node
    if isinstance(node, list):
        return node
    wrong_type(spot, pointer, "数组", "an array")


def string(spot: Spot, pointer: str) -> str:
    """A text."""
    node = spot.node
    if isinstance(node, str):
        return node
    wrong_type(spot, pointer, "字符串", "a string")


def boolean(spot: Spot, pointer: str) -> bool:
    """A truth value."""
    node = spot.node
    if isinstance(node, bool):
        return node
    wrong_type(spot, pointer, "true 或 false", "true or false")


def filled(spot: Spot, pointer: str) -> str | None:
    """A text that is not blank, else None."""
    text = string(spot, pointer)
    return None if is_blank(text) else text


def each_member(
    spot: Spot, pointer: str, known: Names | None
) -> Iterator[tuple[str, Spot, str]]:
    """Goes through the members that are not null: name, value and pointer.

    Refuses names that are none of the known (None: any name goes).
    """
    for member in object_(spot, pointer):
        name, at, value = member
        if known is not None and name not in known:
            raise Refusal(
                CODES["UNKNOWN_MEMBER"],
                at,
                below(pointer, name),
                f"没有名为“{name}”的成员",
                f"no member is called `{name}`",
                meant(name, known),
            )
        if value.node is not None:
            yield name, value, below(pointer, name)


def each_item(spot: Spot, pointer: str, read: Callable[[Spot, str], _T]) -> list[_T]:
    """Reads the items of a list, each with its pointer."""
    items = list_(spot, pointer)
    return [read(item, below(pointer, i)) for i, item in enumerate(items)]


_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE](?:\+|(-))?0*([0-9]+))?")


def _whole_number(digits: str) -> int | None:
    """Reads a JSON number (`12`, `1.0`, `1e3`) as a whole number.

    None if it is none; one that is too large is beyond what is held.
    """
    found = _NUMBER.fullmatch(digits)
    assert found is not None, "a JSON number"
    sign, whole, fraction, minus, exponent = found.groups("")
    significant = (whole + fraction).lstrip("0")
    if not significant:
        return 0
    kept = significant.rstrip("0")
    # The value is `kept` with so many zeros behind it; fewer than none leave a
    # fraction.
    power = 10**9 if len(exponent) > 9 else int(exponent or "0")
    zeros = len(significant) - len(kept) - len(fraction)
    zeros += -power if minus else power
    if zeros < 0:
        return None
    if len(kept) + zeros > 16:
        return _LARGEST + 1
    return int(sign + kept + "0" * zeros)


def integer(spot: Spot, pointer: str) -> int:
    """A whole number within what every implementation holds."""
    node = spot.node
    if not isinstance(node, Digits):
        wrong_type(spot, pointer, "整数", "a whole number")
    value = _whole_number(node.text)
    if value is None:
        raise Refusal(
            CODES["WRONG_TYPE"],
            spot.at,
            pointer,
            f"“{pointer}”应为整数，这里是 {node.text}",
            f"`{pointer}` should be a whole number, not {node.text}",
        )
    if -_LARGEST <= value <= _LARGEST:
        return value
    raise Refusal(
        CODES["NUMBER_RANGE"],
        spot.at,
        pointer,
        f"“{pointer}”超出 ±{_LARGEST}",
        f"`{pointer}` is beyond ±{_LARGEST}",
    )


class NoTime:
    """The type of NO_TIME."""

    __slots__ = ()


NO_TIME = NoTime()
"""A time that is given, but is none."""

Time = Union[Day, Moment, NoTime, None]
"""A time as written; None where it is blank."""


def when(spot: Spot, pointer: str) -> Time:
    """A time as written."""
    text = string(spot, pointer)
    if is_blank(text):
        return None
    return parse_day(text) or parse_moment(text) or NO_TIME
