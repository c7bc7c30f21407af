"""字数, as offices count it.

Each East-Asian character 1, its punctuation 1 (or 0), each run of other characters 1,
white space 0.
In: a text and the character ranges that the compiler printed (`shared.py`). Out: a
count. Always: every implementation reads the same ranges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .shared import EAST_ASIAN, EAST_ASIAN_PUNCTUATION, WHITE_SPACE


def _characters(ranges: Sequence[tuple[int, int]]) -> str:
    """Ranges as the inside of a character class."""
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


_WIDE = _characters(EAST_ASIAN)
_PUNCTUATION = _characters(EAST_ASIAN_PUNCTUATION)
_BLANK = _characters(WHITE_SPACE)
_RUN = f"[^{_WIDE}{_PUNCTUATION}{_BLANK}]+"
_COUNTED = re.compile(f"[{_WIDE}{_PUNCTUATION}]|{_RUN}")
_COUNTED_PLAIN = re.compile(f"[{_WIDE}]|{_RUN}")
_ALL_BLANK = re.compile(f"[{_BLANK}]*")


def char_count(text: str, with_punctuation: bool = True) -> int:
    """字数 of a text, with or without East-Asian punctuation."""
    counted = _COUNTED if with_punctuation else _COUNTED_PLAIN
    return len(counted.findall(text))


def character_count(text: str) -> int:
    """How many characters a text has, blanks too; a line break is one."""
    return len(text) - text.count("\r\n")


def is_blank(text: str) -> bool:
    """Whether a text holds nothing but white space."""
    return _ALL_BLANK.fullmatch(text) is not None
