"""Strict reading: what all readers share.

In: Spots, or the plain values of a JSON text (json.py). Out: typed data, or a Refusal
raised; of plain values it does not say where and why, since the Spots then do.
Always: an unknown member, a wrong JSON type, a number out of range is refused; a value
of the right JSON type that its field does not accept is a fault of the case, not a
refusal.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import (
    Callable,
    NoReturn,
    Optional,
    Protocol,
    TypeVar,
    Union,
    cast,
)

from .date import Day, Moment, parse_day, parse_moment
from .json import Digits, Member, Members, Spot, is_whole_text
from .place import Place, below, pointer_to
from .refusal import Refusal, meant
from .shared import CODES
from .text import is_blank

LARGEST = 2**53 - 1

_S = TypeVar("_S")
_T = TypeVar("_T")


class Names(Container[str], Iterable[str], Protocol):
    """The names that members may have: a set, or the keys of a dict."""


def _kind_name(node: object) -> tuple[str, str]:
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


def wrong_type(spot: object, pointer: Place, zh: str, en: str) -> NoReturn:
    """Refuses: another JSON type than the one that belongs here."""
    node = _node(spot)
    where, (found_zh, found_en) = pointer_to(pointer), _kind_name(node)
    raise Refusal(
        CODES["WRONG_TYPE"],
        at_of(spot),
        pointer,
        f"“{where}”应为{zh}，这里是{found_zh}",
        f"`{where}` should be {en}, not {found_en}",
    )


def _node(spot: object) -> object:
    """What stands in a Spot; a plain value stands for itself."""
    return spot.node if type(spot) is Spot else spot


def at_of(spot: object) -> int | None:
    """The position of a Spot; a plain value has none."""
    return spot.at if type(spot) is Spot else None


def is_null(spot: object) -> bool:
    """Whether nothing stands here."""
    return _node(spot) is None


def member_of(spot: _S, pointer: Place, name: str) -> _S | None:
    """The value of a member, if it is there and not null."""
    if type(spot) is dict:
        return cast(Optional[_S], spot.get(name))
    for member in _members(spot, pointer):
        if member.name == name and member.value.node is not None:
            return cast(_S, member.value)
    return None


def _members(spot: object, pointer: Place) -> list[Member]:
    node = _node(spot)
    if isinstance(node, Members):
        return node.list
    wrong_type(spot, pointer, "对象", "an object")


def _items(spot: object, pointer: Place) -> Sequence[object]:
    node = _node(spot)
    if type(node) is list:
        return node
    wrong_type(spot, pointer, "数组", "an array")


def string(spot: object, pointer: Place) -> str:
    """A text."""
    if type(spot) is str and is_whole_text(spot):
        return spot
    if type(spot) is Spot and isinstance(spot.node, str):
        return spot.node
    wrong_type(spot, pointer, "字符串", "a string")


def boolean(spot: object, pointer: Place) -> bool:
    """A truth value."""
    node = _node(spot)
    if isinstance(node, bool):
        return node
    wrong_type(spot, pointer, "true 或 false", "true or false")


def filled(spot: object, pointer: Place) -> str | None:
    """A text that is not blank, else None."""
    text = string(spot, pointer)
    return None if is_blank(text) else text


def each_member(
    spot: _S, pointer: Place, known: Names | None
) -> Iterator[tuple[str, _S, Place]]:
    """Goes through the members that are not null: name, value and place.

    Refuses names that are none of the known (None: any name goes).
    """
    if type(spot) is dict:
        for name, value in spot.items():
            if known is not None and name not in known:
                raise Refusal(CODES["UNKNOWN_MEMBER"], None, pointer, "", "")
            if value is not None:
                yield name, value, (pointer, name)
        return
    for name, at, value in _members(spot, pointer):
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
            yield name, cast(_S, value), below(pointer, name)


def each_item(spot: _S, pointer: Place, read: Callable[[_S, Place], _T]) -> list[_T]:
    """Reads the items of a list, each with its place."""
    items = _items(spot, pointer)
    return [read(cast(_S, item), (pointer, i)) for i, item in enumerate(items)]


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
        return LARGEST + 1
    return int(sign + kept + "0" * zeros)


def integer(spot: object, pointer: Place) -> int:
    """A whole number within what every implementation holds."""
    if type(spot) is int and -LARGEST <= spot <= LARGEST:
        return spot
    node = _node(spot)
    if not isinstance(node, Digits):
        wrong_type(spot, pointer, "整数", "a whole number")
    where, value = pointer_to(pointer), _whole_number(node.text)
    if value is None:
        raise Refusal(
            CODES["WRONG_TYPE"],
            at_of(spot),
            pointer,
            f"“{where}”应为整数，这里是 {node.text}",
            f"`{where}` should be a whole number, not {node.text}",
        )
    if -LARGEST <= value <= LARGEST:
        return value
    raise Refusal(
        CODES["NUMBER_RANGE"],
        at_of(spot),
        pointer,
        f"“{where}”超出 ±{LARGEST}",
        f"`{where}` is beyond ±{LARGEST}",
    )


class NoTime:
    """The type of NO_TIME."""

    __slots__ = ()


NO_TIME = NoTime()
"""A time that is given, but is none."""

Time = Union[Day, Moment, NoTime, None]
"""A time as written; None where it is blank."""


def when(spot: object, pointer: Place) -> Time:
    """A time as written."""
    text = string(spot, pointer)
    if is_blank(text):
        return None
    return parse_day(text) or parse_moment(text) or NO_TIME
