"""Numbers, counts of characters, truth."""

from __future__ import annotations

import unittest
from fractions import Fraction

from ..number import divide, parse_number, ratio, round_number, show_number, to_decimal
from ..text import char_count
from ..truth import Truth, and_, at_least_of, not_, or_
from ..value import Unknown, awaited


def _seen(truth: Truth) -> object:
    """A truth, or what is awaited."""
    if isinstance(truth, Unknown):
        return [need.key for need in truth.needs]
    return truth


class Numbers(unittest.TestCase):
    def test_reads_and_shows_exactly(self) -> None:
        for text, shown in (
            ("0", "0"),
            ("-0.50", "-0.5"),
            ("12.5", "12.5"),
            ("-0", "0"),
        ):
            number = parse_number(text)
            assert number is not None
            self.assertEqual(show_number(number), shown)
        for bad in ("", "-", ".5", "5.", "1e3", "+1", "1_0", "1 0", "１", "1\n"):
            self.assertIsNone(parse_number(bad), bad)
        self.assertEqual(show_number(ratio(1, 3)), "1/3")
        self.assertIsNone(divide(1, 0))
        self.assertIs(type(ratio(6, -3)), int)

    def test_rounds_only_by_name(self) -> None:
        for text, mode, digits, result in (
            ("2.5", "half_up", 0, "3"),
            ("2.5", "half_even", 0, "2"),
            ("3.5", "half_even", 0, "4"),
            ("-2.5", "half_up", 0, "-3"),
            ("-2.5", "half_even", 0, "-2"),
            ("1.8", "down", 0, "1"),
            ("-1.8", "down", 0, "-1"),
            ("1.01", "up", 0, "2"),
            ("-1.01", "up", 0, "-2"),
            ("1.005", "half_up", 2, "1.01"),
        ):
            number = parse_number(text)
            assert number is not None
            self.assertEqual(show_number(round_number(number, mode, digits)), result)

    def test_shows_declared_digits(self) -> None:
        self.assertEqual(to_decimal(95, 2), "95.00")
        self.assertEqual(to_decimal(Fraction(-1, 20), 2), "-0.05")
        self.assertIsNone(to_decimal(Fraction(1, 8), 2))


class Texts(unittest.TestCase):
    def test_counts_as_offices_do(self) -> None:
        self.assertEqual(char_count("智慧教育，2024年IPv6。"), 9)
        self.assertEqual(char_count("智慧教育，2024年IPv6。", False), 7)
        self.assertEqual(char_count(" a  b\r\nc "), 3)
        self.assertEqual(char_count("𠀀😀"), 2)
        self.assertEqual(char_count(""), 0)


class Truths(unittest.TestCase):
    def test_kleenes_tables(self) -> None:
        a, b = awaited("a", "other"), awaited("b", "other")
        self.assertEqual(_seen(and_(True, a)), ["a"])
        self.assertIs(and_(a, False), False)
        self.assertIs(and_(), True)
        self.assertIs(or_(a, True), True)
        self.assertEqual(_seen(or_(False, a, b, a)), ["a", "b"])
        self.assertIs(or_(), False)
        self.assertEqual(_seen(not_(a)), ["a"])
        self.assertIs(not_(True), False)

    def test_thresholds(self) -> None:
        a = awaited("a", "other")
        self.assertIs(at_least_of(2, [True, a, True]), True)
        self.assertEqual(_seen(at_least_of(2, [True, a, False])), ["a"])
        self.assertIs(at_least_of(2, [False, a, False]), False)


if __name__ == "__main__":
    unittest.main()
