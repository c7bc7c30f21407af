"""Exact numbers: a whole number is an int, anything else a Fraction.

In: decimal texts, whole numbers. Out: exact results; rounding only by name.
Always: no floating point; a Fraction is never whole; a division by zero is None.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from typing_extensions import TypeGuard

Number = Union[int, Fraction]

_DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_HALF = Fraction(1, 2)


def reduced(x: Number) -> Number:
    """The same number, an int if it is whole."""
    return x.numerator if x.denominator == 1 else x


def ratio(numerator: int, denominator: int) -> Number:
    """The exact quotient of two whole numbers, the second not zero."""
    return reduced(Fraction(numerator, denominator))


def parse_number(text: str) -> Number | None:
    """Reads `-?digits[.digits]`; None for any other text."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return None
    sign, whole, fraction = found.groups("")
    numerator = int(sign + whole + fraction)
    return ratio(numerator, 10 ** len(fraction)) if fraction else numerator


def is_number(x: object) -> TypeGuard[Number]:
    """Whether a value is an exact number; a truth value is none."""
    kind = type(x)
    return kind is int or kind is Fraction


def is_whole(x: Number) -> bool:
    """Whether a number is whole."""
    return isinstance(x, int)


def add(x: Number, y: Number) -> Number:
    """x + y"""
    return reduced(x + y)


def subtract(x: Number, y: Number) -> Number:
    """x − y"""
    return reduced(x - y)


def multiply(x: Number, y: Number) -> Number:
    """x × y"""
    return reduced(x * y)


def divide(x: Number, y: Number) -> Number | None:
    """x ÷ y; None when y is zero."""
    return None if y == 0 else reduced(Fraction(x) / y)


def round_number(x: Number, mode: str, digits: int) -> Number:
    """Rounds to so many digits after the point.

    The mode is half_up (away from zero), half_even, up (away from zero) or down.
    """
    power = 10**digits
    scaled = reduced(x * power)
    if isinstance(scaled, int):
        return x
    below = scaled.numerator // scaled.denominator
    negative = scaled < 0
    if mode in ("up", "down"):
        up = negative == (mode == "down")
    elif scaled - below != _HALF:
        up = scaled - below > _HALF
    else:
        up = below % 2 != 0 if mode == "half_even" else not negative
    return ratio(below + 1 if up else below, power)


def scale(x: Number) -> int | None:
    """The fewest digits after the point that show x exactly.

    None for a ratio such as 1/3.
    """
    rest = x.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest //= 2
        twos += 1
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def to_decimal(x: Number, digits: int) -> str | None:
    """Shows x with exactly so many digits after the point.

    None if that would lose something.
    """
    scaled = reduced(x * 10**digits)
    if not isinstance(scaled, int):
        return None
    if digits == 0:
        return str(scaled)
    sign = "-" if scaled < 0 else ""
    shown = str(abs(scaled)).rjust(digits + 1, "0")
    return f"{sign}{shown[:-digits]}.{shown[-digits:]}"


def show_number(x: Number) -> str:
    """The shortest exact decimal, or `n/d` for a ratio that has none."""
    digits = scale(x)
    shown = None if digits is None else to_decimal(x, digits)
    return f"{x.numerator}/{x.denominator}" if shown is None else shown
