"""Days, moments and zones."""

from __future__ import annotations

import datetime
import unittest

from ..date import (
    Day,
    Moment,
    Zone,
    civil,
    days_until,
    months_until,
    parse_day,
    parse_moment,
    part_of_day,
    shift_day,
    show_day,
    years_until,
)


def _shifted(text: str, count: int, unit: str) -> str | None:
    day = parse_day(text)
    assert day is not None
    there = shift_day(day, count, unit)
    return None if there is None else show_day(there)


class Dates(unittest.TestCase):
    def test_days_are_those_of_the_calendar(self) -> None:
        first = datetime.date(1895, 12, 25)
        day = parse_day("1895-12-25")
        for n in range(100_000):
            assert day is not None
            there = first + datetime.timedelta(days=n)
            self.assertEqual(tuple(civil(day)), (there.year, there.month, there.day))
            self.assertEqual(show_day(day), there.isoformat())
            day = shift_day(day, 1, "days")
        for bad in ("2024-02-30", "2024-4-2", "2023-02-29", "2024-13-01", "20240422"):
            self.assertIsNone(parse_day(bad), bad)
        for bad in ("", "2024-04-22\n", "２０２４-04-22"):
            self.assertIsNone(parse_day(bad), bad)

    def test_months_and_years_clip(self) -> None:
        self.assertEqual(_shifted("2024-02-29", 1, "years"), "2025-02-28")
        self.assertEqual(_shifted("2024-03-31", -1, "months"), "2024-02-29")
        self.assertEqual(_shifted("2024-01-31", 13, "months"), "2025-02-28")
        self.assertEqual(_shifted("2024-03-01", -2, "weeks"), "2024-02-16")
        self.assertIsNone(_shifted("9999-12-31", 1, "years"))
        self.assertIsNone(_shifted("9999-12-31", 1, "days"))

    def test_the_time_between_two_days_is_what_can_be_added(self) -> None:
        def at(text: str) -> Day:
            day = parse_day(text)
            assert day is not None
            return day

        leap, early, late = at("2012-02-29"), at("2030-02-27"), at("2030-02-28")
        self.assertEqual(years_until(leap, early), 17)
        self.assertEqual(years_until(leap, late), 18)
        self.assertEqual(years_until(early, leap), -17)
        self.assertEqual(months_until(at("2031-01-31"), at("2031-02-28")), 1)
        self.assertEqual(months_until(at("2031-02-28"), at("2031-03-27")), 0)
        self.assertEqual(days_until(at("2028-03-01"), at("2028-02-28")), -2)

    def test_what_is_read_off_one_day(self) -> None:
        def of(part: str, text: str) -> int | str | None:
            day = parse_day(text)
            assert day is not None
            found = part_of_day(day, part)
            return show_day(found) if isinstance(found, Day) else found

        self.assertEqual(of("year", "2028-02-29"), 2028)
        self.assertEqual(of("month", "2028-02-29"), 2)
        self.assertEqual(of("day_of_month", "2028-02-29"), 29)
        self.assertEqual(of("day_of_week", "2028-02-29"), 2)
        self.assertEqual(of("day_of_week", "0000-01-01"), 6)
        self.assertEqual(of("day_of_week", "2030-12-30"), 1)
        self.assertEqual(of("start_of_week", "2031-01-01"), "2030-12-30")
        self.assertEqual(of("start_of_month", "2028-02-29"), "2028-02-01")
        self.assertEqual(of("start_of_quarter", "2028-06-30"), "2028-04-01")
        self.assertEqual(of("start_of_year", "2028-02-29"), "2028-01-01")
        self.assertEqual(of("end_of_week", "2031-12-31"), "2032-01-04")
        self.assertEqual(of("end_of_month", "2100-02-01"), "2100-02-28")
        self.assertEqual(of("end_of_quarter", "2028-10-01"), "2028-12-31")
        self.assertEqual(of("end_of_year", "9999-12-31"), "9999-12-31")
        self.assertIsNone(of("end_of_week", "9999-12-31"))

    def test_moments_are_rfc_3339_and_nothing_else(self) -> None:
        def seconds(text: str) -> int | None:
            found = parse_moment(text)
            return None if found is None else found.seconds

        self.assertEqual(seconds("2024-04-22T16:00:00Z"), 1713801600)
        self.assertEqual(seconds("2024-04-23T00:00:00+08:00"), 1713801600)
        self.assertEqual(seconds("1969-12-31T23:59:59.5Z"), -1)
        self.assertEqual(seconds("9999-12-30T22:00:00Z"), 253402207200)
        for bad in (
            "2016-12-31T23:59:60Z",
            "2024-04-22T10:00:00",
            "2024-04-22 10:00:00Z",
            "2024-04-22T10:00Z",
            "2024-04-22T10:00:00+0800",
            "2024-04-22T24:00:00Z",
            "2024-02-30T10:00:00Z",
            "9999-12-30T22:00:01Z",
        ):
            self.assertIsNone(seconds(bad), bad)

    def test_local_days_follow_the_zone(self) -> None:
        zone = Zone("Asia/Shanghai", [(-62167219200, 29143), (-2177481943, 28800)])
        day = parse_day("2024-04-23")
        assert day is not None
        start = zone.start_of(day)
        assert start is not None
        self.assertEqual(start.seconds, 1713801600)
        before = zone.day_of(Moment(start.seconds - 1))
        self.assertEqual(show_day(before), "2024-04-22")


if __name__ == "__main__":
    unittest.main()
