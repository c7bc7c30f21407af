"""Reading strictly, writing canonically."""

from __future__ import annotations

import math
import unittest
from decimal import Decimal

from ..json import Digits, Members, Spot, scan, spot_of, to_canonical_text
from ..read import integer
from ..refusal import Refusal, reading


def _plain(spot: Spot) -> object:
    """The tree as plain values; numbers as written."""
    node = spot.node
    if isinstance(node, Digits):
        return f"#{node.text}"
    if isinstance(node, Members):
        return {member.name: _plain(member.value) for member in node.list}
    return list(map(_plain, node)) if isinstance(node, list) else node


def _refusal(text: str) -> Refusal | None:
    try:
        with reading(text, 0):
            scan(text)
    except Refusal as refusal:
        return refusal
    return None


class Json(unittest.TestCase):
    def test_numbers_stay_as_written(self) -> None:
        text = (
            '{"a":[1.0,-2e400,{"b":null}],"c":"\\u4e2d\\n😀\\ud83d\\ude00", "d" : [ ] }'
        )
        read = {"a": ["#1.0", "#-2e400", {"b": None}], "c": "中\n😀😀", "d": []}
        self.assertEqual(_plain(scan(text)), read)

    def test_refuses_what_two_readers_could_read_differently(self) -> None:
        bad = ["", "{", "[1,]", '{"a":1,}', "01", "1.", ".5", "+1", "NaN", "Infinity"]
        bad += ["'a'", '"\t"', '"\\x"', '"\\ud800"', '"\\udc00\\ud800"', "\ufeff{}"]
        bad += ['{"a":1,"a":2}', "[" * 65 + "]" * 65, "{} {}", '{"a" 1}', "tru", "nul"]
        bad += ["[1 2]", "\v1", "\u00a01", '"\ud800"', "١"]
        for text in bad:
            self.assertIsNotNone(_refusal(text), text)
        self.assertIsNone(_refusal("[" * 64 + "]" * 64))

    def test_places_are_lines_and_characters(self) -> None:
        refusal = _refusal('{"甲":1,\n "😀": 2, "甲": 3}')
        assert refusal is not None
        self.assertEqual((refusal.line, refusal.column), (2, 10))
        self.assertEqual(refusal.pointer, "/甲")

    def test_parsed_json_is_read_like_its_text(self) -> None:
        value = {"a": [1, True, None, Decimal("1.50")], "c": "x", "d": 2.0}
        read = {"a": ["#1", True, None, "#1.50"], "c": "x", "d": "#2"}
        self.assertEqual(_plain(spot_of(value)), read)
        for bad in (math.nan, math.inf, object(), "\ud800", {1: 2}, {1, 2}):
            with self.assertRaises(Refusal):
                spot_of({"value": bad})
        circle: list[object] = []
        circle.append(circle)
        with self.assertRaises(Refusal):
            spot_of(circle)

    def test_numbers_that_lost_precision_are_refused(self) -> None:
        self.assertEqual(integer(spot_of(3.0), ""), 3)
        self.assertEqual(integer(spot_of(Decimal("1E+3")), ""), 1000)
        self.assertEqual(integer(spot_of(2**53 - 1), ""), 2**53 - 1)
        for bad in (2**53, float(2**53), 10**5000, 0.5, Decimal("0.1"), True, "1"):
            with self.assertRaises(Refusal):
                integer(spot_of(bad), "")

    def test_members_are_sorted_by_utf_16_units(self) -> None:
        value = {"😀": 1, "\uff5e": [{"b": None, "a": "\u0001\n\\"}], "a": True}
        written = '{"a":true,"😀":1,"～":[{"a":"\\u0001\\n\\\\","b":null}]}'
        self.assertEqual(to_canonical_text(value), written)


if __name__ == "__main__":
    unittest.main()
