"""JSON, read strictly and written canonically (RFC 8785).

In: a text, or parsed JSON. Out: a tree of Spots, each knowing its place; or a Refusal.
Always: no number passes through a float; a member written twice, half a character,
nesting over 64 or a text over 16 MiB is refused.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, NoReturn, Union

from .place import Place, below
from .refusal import Refusal
from .shared import CODES

DEPTH = 64
"""How deep brackets may nest."""
SIZE = 16 * 1024 * 1024
"""How large a text may be, in bytes."""


class Digits:
    """A number as written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Spot:
    """A node with the position of its first character."""

    __slots__ = ("at", "node")

    def __init__(self, at: int | None, node: Node) -> None:
        self.at = at
        self.node = node


class Member(NamedTuple):
    """A member of an object."""

    name: str
    at: int | None
    value: Spot


class Members:
    """An object: its members in the order written."""

    __slots__ = ("list",)

    def __init__(self, members: list[Member]) -> None:
        self.list = members


Node = Union[None, bool, str, Digits, list[Spot], Members]


_HALF = re.compile(r"[\ud800-\udfff]")


def is_whole_text(text: str) -> bool:
    """Whether a text holds no half of a character."""
    return text.isascii() or not _HALF.search(text)


def is_too_large(text: str) -> bool:
    """Whether a text is larger than any that is read."""
    long = len(text) * 4 > SIZE
    return long and len(text.encode("utf-8", "surrogatepass")) > SIZE


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands twice")
    return members


def _no_number(text: str) -> object:
    raise ValueError(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=Digits, parse_constant=_no_number
)


def parsed(text: str) -> object:
    """A whole text as plain values; numbers that are no plain digits are Digits.

    Raises ValueError or RecursionError where it is not in order; `scan` tells why.
    Halves of characters, and brackets that nest too deep, are left to the readers.
    """
    if is_too_large(text):
        raise ValueError("too large")
    found: object = _DECODER.decode(text)
    return found


def scan(text: str) -> Spot:
    """Reads a whole text."""
    if is_too_large(text):
        zh, en = "文本超过 16 MiB", "the text is larger than 16 MiB"
        raise Refusal(CODES["TOO_LARGE"], 0, "", zh, en)
    scanner = _Scanner(text)
    scanner.blanks()
    spot = scanner.value()
    scanner.blanks()
    if scanner.at < len(text):
        scanner.not_json("JSON 结束后还有内容", "something follows the end of the JSON")
    return spot


_BLANKS = re.compile(r"[ \t\n\r]*")
_COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
_COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
_SIMPLE = re.compile(r'"([^"\\\x00-\x1f]*)"')
_DIGITS = re.compile(r"[0-9]+")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"[0-9A-Fa-f]{4}")
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.path: list[str | int] = []

    def fault(self, code: str, at: int, zh: str, en: str) -> NoReturn:
        place: Place = ""
        for step in self.path:
            place = below(place, step)
        raise Refusal(CODES[code], at, place, zh, en)

    def not_json(self, zh: str, en: str) -> NoReturn:
        self.fault("NOT_JSON", min(self.at, len(self.text)), zh, en)

    def peek(self) -> str:
        """The next character; nothing at the end."""
        return self.text[self.at : self.at + 1]

    def blanks(self) -> None:
        if self.peek() in (" ", "\n", "\r", "\t"):
            found = _BLANKS.match(self.text, self.at)
            self.at = found.end() if found else self.at

    def value(self) -> Spot:
        at = self.at
        first = self.peek()
        if first == '"':
            return Spot(at, self.string())
        if first == "{":
            return Spot(at, self.object())
        if first == "[":
            return Spot(at, self.array())
        if first == "-" or "0" <= first <= "9":
            return Spot(at, self.number())
        if first == "t":
            return Spot(at, self.word("true", True))
        if first == "f":
            return Spot(at, self.word("false", False))
        if first == "n":
            return Spot(at, self.word("null", None))
        if first == "":
            self.not_json("JSON 没有写完", "the JSON ends too soon")
        self.not_json("此处不是 JSON 值", "no JSON value stands here")
        return None

    def word(self, word: str, value: bool | None) -> bool | None:
        if not self.text.startswith(word, self.at):
            self.not_json("此处不是 JSON 值", "no JSON value stands here")
        self.at += len(word)
        return value

    def enter(self) -> None:
        """At an opening bracket; the brackets around it are the path's steps."""
        if len(self.path) == DEPTH:
            self.fault(
                "TOO_DEEP",
                self.at,
                f"括号嵌套超过 {DEPTH} 层",
                f"brackets nest deeper than {DEPTH}",
            )
        self.at += 1
        self.blanks()

    def more(self, close: str) -> bool:
        """After an item: whether another follows, else past the closing bracket."""
        comma = _COMMA.match(self.text, self.at)
        if comma:
            self.at = comma.end()
            return True
        self.blanks()
        following = self.peek()
        if following == "":
            self.not_json("JSON 没有写完", "the JSON ends too soon")
        if following != close:
            self.not_json(
                "此处应为逗号或右括号", "a comma or a closing bracket should stand here"
            )
        self.at += 1
        return False

    def array(self) -> list[Spot]:
        self.enter()
        items: list[Spot] = []
        if self.peek() == "]":
            self.at += 1
            return items
        following = True
        while following:
            self.path.append(len(items))
            items.append(self.value())
            self.path.pop()
            following = self.more("]")
        return items

    def object(self) -> Members:
        self.enter()
        members: list[Member] = []
        names = set()
        if self.peek() == "}":
            self.at += 1
            return Members(members)
        following = True
        while following:
            at = self.at
            if self.peek() != '"':
                self.not_json(
                    "此处应为带引号的成员名", "a quoted member name should stand here"
                )
            name = self.string()
            self.path.append(name)
            if name in names:
                self.fault(
                    "DUPLICATE_MEMBER",
                    at,
                    f"“{name}”写了两次",
                    f"`{name}` stands twice",
                )
            names.add(name)
            colon = _COLON.match(self.text, self.at)
            if colon is None:
                self.blanks()
                self.not_json(
                    "成员名后应为冒号", "a colon should follow the member name"
                )
            self.at = colon.end()
            members.append(Member(name, at, self.value()))
            self.path.pop()
            following = self.more("}")
        return Members(members)

    def number(self) -> Digits:
        start = self.at
        if self.peek() == "-":
            self.at += 1
        if self.peek() == "0":
            self.at += 1
        else:
            self.digits()
        if self.peek() == ".":
            self.at += 1
            self.digits()
        if self.peek() in ("e", "E"):
            self.at += 1
            if self.peek() in ("+", "-"):
                self.at += 1
            self.digits()
        return Digits(self.text[start : self.at])

    def digits(self) -> None:
        found = _DIGITS.match(self.text, self.at)
        if found is None:
            self.not_json("此处应为数字", "a digit should stand here")
        self.at = found.end()

    def string(self) -> str:
        simple = _SIMPLE.match(self.text, self.at)
        if simple and is_whole_text(simple[1]):
            self.at = simple.end()
            return simple[1]
        self.at += 1
        parts = []
        while True:
            found = _PLAIN.match(self.text, self.at)
            if found:
                parts.append(found[0])
                self.at = found.end()
            following = self.peek()
            if following == '"':
                break
            if following == "":
                self.not_json("字符串没有写完", "the string ends too soon")
            if following != "\\":
                self.not_json(
                    "字符串里有未转义的控制字符",
                    "an unescaped control character stands in a string",
                )
            parts.append(self.escape())
        value = parts[0] if len(parts) == 1 else "".join(parts)
        # Escapes have been checked: a half that is left stood in the text itself.
        if not is_whole_text(value):
            self.not_json("文本里有半个字符", "half of a character stands in the text")
        self.at += 1
        return value

    def escape(self) -> str:
        self.at += 1
        letter = self.peek()
        if letter == "u":
            return self.unicode()
        character = _ESCAPES.get(letter)
        if character is None:
            self.not_json("无法识别的转义", "this escape is not known")
        self.at += 1
        return character

    def unicode(self) -> str:
        first = self.hex()
        if 0xD800 <= first <= 0xDBFF and self.text.startswith("\\u", self.at):
            self.at += 1
            second = self.hex()
            if 0xDC00 <= second <= 0xDFFF:
                return chr(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        if 0xD800 <= first <= 0xDFFF:
            self.not_json("转义不是完整的字符", "the escape is not a whole character")
        return chr(first)

    def hex(self) -> int:
        """At the `u`: four hex digits."""
        self.at += 1
        found = _HEX.match(self.text, self.at)
        if found is None:
            self.not_json(
                "\\u 后应有四位十六进制数", "four hex digits should follow \\u"
            )
        self.at = found.end()
        return int(found[0], 16)


def spot_of(value: object, pointer: Place = "", depth: int = 0) -> Spot:
    """Parsed JSON as the tree that its text would give.

    Numbers are int or Decimal; a float is taken as it is written in decimal, so that
    one that is not whole is refused where numbers are read.
    """
    if value is None or isinstance(value, bool):
        return Spot(None, value)
    if isinstance(value, str):
        if not is_whole_text(value):
            zh, en = "文本里有半个字符", "half of a character stands in the text"
            raise Refusal(CODES["NOT_JSON"], None, pointer, zh, en)
        return Spot(None, value)
    if isinstance(value, int):
        return Spot(None, Digits(str(value) if abs(value) < _HUGE else "1e99"))
    if isinstance(value, (float, Decimal)) and math.isfinite(value):
        return Spot(None, Digits(_written(value)))
    if not isinstance(value, (list, tuple, Mapping)):
        zh, en = "此处不是 JSON 值", "no JSON value stands here"
        raise Refusal(CODES["NOT_JSON"], None, pointer, zh, en)
    if depth == DEPTH:
        zh, en = f"括号嵌套超过 {DEPTH} 层", f"brackets nest deeper than {DEPTH}"
        raise Refusal(CODES["TOO_DEEP"], None, pointer, zh, en)
    if isinstance(value, Mapping):
        members = []
        for name, member in value.items():
            if not isinstance(name, str):
                zh, en = "成员名应为字符串", "a member name should be a string"
                raise Refusal(CODES["NOT_JSON"], None, pointer, zh, en)
            spot = spot_of(member, below(pointer, name), depth + 1)
            members.append(Member(name, None, spot))
        return Spot(None, Members(members))
    items = [
        spot_of(item, below(pointer, i), depth + 1) for i, item in enumerate(value)
    ]
    return Spot(None, items)


# So large that nothing we read takes it, whatever its digits.
_HUGE = 10**99


def _written(number: float | Decimal) -> str:
    """A number as JSON writes it."""
    if isinstance(number, Decimal):
        return str(number)
    if number.is_integer():
        return str(int(number))
    return format(Decimal(repr(number)), "f")


_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")


def to_canonical_text(value: object) -> str:
    """Canonical JSON: members sorted by UTF-16 units, no blanks."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if not _ASTRAL.search(text):
        return text
    # Python sorts by character, which is another order beyond U+FFFF.
    return json.dumps(_in_order(value), ensure_ascii=False, separators=(",", ":"))


def _in_order(value: object) -> object:
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be"))
        ordered: dict[str, object] = {name: _in_order(value[name]) for name in names}
        return ordered
    return [_in_order(item) for item in value] if isinstance(value, list) else value
