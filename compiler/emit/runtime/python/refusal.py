"""What is said of an input that is not read at all: a code, words, a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from .messages import Words
from .place import Place, pointer_to


class Refusal(Exception):
    """Why a text or case is not taken.

    It has a code, a JSON pointer, and in a text the line and column (in characters,
    from 1). Its message is English; `zh` says the same in Chinese.
    """

    def __init__(
        self,
        code: str,
        at: int | None,
        pointer: Place,
        zh: str,
        en: str,
        help: Words | None = None,
    ) -> None:
        super().__init__(en)
        self.code = code
        self.pointer = pointer_to(pointer)
        self.zh = zh
        self.message = en
        self.help = help
        """What to do, in both languages."""
        self.line: int | None = None
        self.column: int | None = None
        self._at = at

    def place(self, text: str, lines_before: int = 0) -> None:
        """Sets its place in the text that was read.

        The first line of the text is so much further down.
        """
        before = text[: self._at or 0]
        self.line = before.count("\n") + 1 + lines_before
        self.column = len(before) - (before.rfind("\n") + 1) + 1


class _Nearest(NamedTuple):
    far: int
    name: str


def _distance(a: str, b: str) -> int:
    """How many changes lead from one text to the other (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        diagonal = row[0]
        row[0] = i + 1
        for j, y in enumerate(b):
            best = min(row[j + 1] + 1, row[j] + 1, diagonal + (x != y))
            diagonal = row[j + 1]
            row[j + 1] = best
    return row[-1]


def _nearest(given: str, names: list[str]) -> str | None:
    """The name that was probably meant; None if none is near."""
    best: _Nearest | None = None
    for name in names:
        far = _distance(given, name)
        if best is None or far < best.far:
            best = _Nearest(far, name)
    if best is None:
        return None
    return best.name if best.far * 2 < max(len(given), len(best.name), 2) else None


def meant(given: str, known: Iterable[str]) -> Words | None:
    """Words for the name that was probably meant, else for what there is.

    None where there is nothing.
    """
    names = list(known)
    near = _nearest(given, names)
    if near is not None:
        return Words(f"是不是“{near}”？", f"did you mean `{near}`?")
    return there_are(names) if names else None


def there_are(known: Iterable[str]) -> Words:
    """Words for what there is to choose from."""
    names = list(known)
    listed = "`, `".join(names)
    return Words(f"可选：{'、'.join(names)}", f"there are: `{listed}`")


@contextmanager
def reading(text: str, lines_before: int) -> Iterator[None]:
    """Around a reader of a text; what it refuses gets its place."""
    try:
        yield
    except Refusal as refusal:
        refusal.place(text, lines_before)
        raise
