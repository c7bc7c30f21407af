"""What one evaluation is asked: up to which stage, on which day, with which readings.

In: options as a caller writes them. Out: typed options, or a Refusal that says what is
wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from .date import Day, Moment, Zone, parse_day, parse_moment
from .messages import Words
from .number import multiply, parse_number, ratio
from .readings import BandSetting, Setting, Settings
from .refusal import Refusal, meant
from .shared import CODES
from .vocabulary import Reading

if TYPE_CHECKING:
    from .prepared import Prepared


class Options(NamedTuple):
    """What one evaluation is asked."""

    at: str | None
    on: Day | Moment | None
    settings: Settings
    alternatives: bool
    closed: bool
    lang: str


def _refuse(code: str, zh: str, en: str, help: Words | None) -> NoReturn:
    raise Refusal(CODES[code], None, "", zh, en, help)


def _read_stage(prepared: Prepared, text: str | None) -> str | None:
    """A stage's key, from its key or name."""
    if text is None:
        return None
    key = prepared.stage_names.get(text)
    if key is not None:
        return key
    _refuse(
        "NO_SUCH_STAGE",
        f"没有名为“{text}”的环节",
        f"there is no stage `{text}`",
        meant(text, prepared.stages),
    )


_LOCAL = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?"
)


def _read_on(prepared: Prepared, text: str | None) -> Day | Moment | None:
    """`YYYY-MM-DD`, RFC 3339, or a local `YYYY-MM-DDTHH:MM[:SS]` of the zone."""
    if text is None:
        return None
    read = parse_day(text) or parse_moment(text) or _local(prepared.zone, text)
    if read is not None:
        return read
    _refuse(
        "BAD_ON",
        f"“{text}”不是日期或时刻",
        f"`{text}` is neither a day nor a time",
        Words(
            "例如 2024-04-22 或 2024-04-22T17:00:00+08:00",
            "for example 2024-04-22 or 2024-04-22T17:00:00+08:00",
        ),
    )


def _local(zone: Zone | None, text: str) -> Moment | None:
    found = _LOCAL.fullmatch(text)
    if zone is None or found is None:
        return None
    day = parse_day(found[1])
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    return zone.moment(day, hour, minute, second)


_BAND = re.compile(r"(?:within)*(?:上下)*")


def _read_setting(reading: Reading, value: str) -> Setting:
    """The setting that a reading's value, as written on a command line, stands for."""
    name = reading.name or reading.key

    def wrong(help: Words | None) -> NoReturn:
        _refuse(
            "BAD_READING",
            f"口径“{name}”不能取“{value}”",
            f"the reading `{name}` cannot be `{value}`",
            help,
        )

    if reading.values is not None:
        if value in ("open", "unknown", "未明"):
            return "open"
        names = reading.names or reading.values
        for i, key in enumerate(reading.values):
            if value in (key, names[i]):
                return i
        wrong(meant(value, names))
    if reading.band is None:
        zh = "此口径只能在源文件中改"
        wrong(Words(zh, "this reading can only be changed in the source"))
    points = parse_number(_BAND.sub("", value, count=1).strip().rstrip("%％"))
    if points is None or points < 0:
        wrong(Words(f"例如 {name}=20%", f"for example {name}=20%"))
    return BandSetting(multiply(points, ratio(1, 100)))


def read_options(
    prepared: Prepared,
    *,
    at: str | None = None,
    on: str | None = None,
    readings: Mapping[str, str] | None = None,
    alternatives: bool = True,
    closed: bool = False,
    lang: str = "zh",
) -> Options:
    """All options, with the settings of all readings."""
    settings = list(prepared.settings)
    for name, value in (readings or {}).items():
        names = [reading.name or reading.key for reading in prepared.readings]
        index = prepared.reading_index.get(name)
        if index is None and name in names:
            index = names.index(name)
        if index is None:
            _refuse(
                "BAD_READING",
                f"没有名为“{name}”的口径",
                f"there is no reading `{name}`",
                meant(name, names),
            )
        settings[index] = _read_setting(prepared.readings[index], value)
    return Options(
        at=_read_stage(prepared, at),
        on=_read_on(prepared, on),
        settings=tuple(settings),
        alternatives=alternatives,
        closed=closed,
        lang="en" if lang == "en" else "zh",
    )
