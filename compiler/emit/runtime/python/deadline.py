"""Deadlines: kept or not, and what lateness does.

Always: inclusive means to 24:00 of the programme's zone; a bare day keeps a deadline if
the day does; an open deadline is never late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import messages
from .date import Day, Moment, Zone, shift_day, show_day, show_moment
from .definition import Stage
from .finding import Declaration, Finding, about_stage
from .messages import Words
from .read import Time
from .truth import Truth
from .value import Unknown, Value, silent

if TYPE_CHECKING:
    from .scene import Scene
    from .scope import Scope


class Timing(NamedTuple):
    """A deadline, when it was done, and whether that kept it."""

    due: Value
    at: Time
    keeps: Truth


def kept(at: Time, due: Value, inclusive: bool, zone: Zone | None) -> Truth:
    """Whether something done then kept a deadline."""
    if isinstance(due, Unknown):
        return due
    if isinstance(at, Day) and isinstance(due, Day):
        return at.number <= due.number if inclusive else at.number < due.number
    if isinstance(at, Moment) and isinstance(due, Moment):
        return at.seconds <= due.seconds if inclusive else at.seconds < due.seconds
    if isinstance(at, Moment) and isinstance(due, Day):
        following = shift_day(due, 1 if inclusive else 0, "days")
        if following is None or zone is None:
            return silent()
        end = zone.start_of(following)
        return silent() if end is None else at.seconds < end.seconds
    if isinstance(at, Day) and isinstance(due, Moment):
        start = None if zone is None else zone.start_of(at)
        return silent() if start is None else start.seconds < due.seconds
    return silent()


def keeps(scope: Scope, at: Time, due: Value) -> Truth:
    """The same, with the programme's zone and as the readings have it."""
    inclusive = scope.builtin("deadline") != 1
    return kept(at, due, inclusive, scope.prepared.zone)


def is_past(scope: Scope, on: Time, due: Value) -> bool:
    """Whether a day or moment is past a deadline for sure."""
    return keeps(scope, on, due) is False


def _late_strength(scope: Scope, stage: Stage) -> str:
    """What lateness at a stage means: the notice's word, else the reading `late`."""
    if stage.late is not None:
        return "require" if stage.late.end else "note"
    if not stage.hands_in:
        return "finding"
    return "finding" if scope.builtin("late") == 1 else "require"


def late_is_read(stage: Stage) -> bool:
    """Whether the reading `late` decides what lateness at this stage means."""
    return stage.late is None and stage.hands_in


def deadline_finding(
    scope: Scope, stage: Stage, timing: Timing, problem: str, path: str
) -> Finding:
    """The finding on a deadline: met, unmet, or unknown."""
    strength = _late_strength(scope, stage)
    found = Finding("stage", stage, strength, "met", path=path)
    if strength == "finding":
        found.addressed = stage.by
    words = messages.KEPT
    if timing.keeps is False:
        found.result = "unmet"
        found.problem = problem
        words = messages.of_stage(problem)
    elif isinstance(timing.keeps, Unknown):
        found.result = "unknown"
        found.needs = timing.keeps.needs
        words = messages.DEADLINE_OPEN
    shown = _timing_in_words(scope.prepared.zone, timing, stage)
    found.message = messages.joined(messages.about(words, stage.words), shown)
    return found


def _timing_in_words(zone: Zone | None, timing: Timing, stage: Stage) -> Words:
    """`（期限 2021-12-15；实际 2021-12-16）`"""

    def shown(when: object) -> str | None:
        if isinstance(when, Day):
            return show_day(when)
        return show_moment(zone, when) if isinstance(when, Moment) else None

    day, done = shown(timing.due), shown(timing.at)
    if day is None:
        return Words("", "")
    inferred = Words("，推定", ", inferred") if stage.inferred else Words("", "")
    actual = Words("", "")
    if done is not None:
        actual = Words(f"；实际 {done}", f"; done {done}")
    return Words(
        f"（期限 {day}{inferred.zh}{actual.zh}）",
        f" (due {day}{inferred.en}{actual.en})",
    )


def is_before(zone: Zone | None, at: Time, opens: Value) -> bool:
    """Whether something happened before a window opened."""
    if isinstance(at, Day) and isinstance(opens, Day):
        return at.number < opens.number
    if isinstance(at, Moment) and isinstance(opens, Moment):
        return at.seconds < opens.seconds
    if isinstance(at, Moment) and isinstance(opens, Day):
        start = None if zone is None else zone.start_of(opens)
        return start is not None and at.seconds < start.seconds
    if isinstance(at, Day) and isinstance(opens, Moment):
        return zone is not None and at.number < zone.day_of(opens).number
    return False


def address(found: Finding, stage: Stage) -> Finding:
    """The finding, addressed to the stage's actor, outside the verdict."""
    found.strength = "finding"
    found.addressed = stage.by
    return found


def judged_late(
    scene: Scene, stage: Stage, judged: Declaration, at: Time, path: str
) -> Finding | None:
    """The finding on a judge whose judgement was given later than the stage was due.

    None if it was not.
    """
    if stage.due is None or at is None:
        return None
    if keeps(scene, at, stage.due(scene)) is not False:
        return None
    found = address(about_stage(stage, "late", path), stage)
    found.message = messages.about(messages.JUDGED_LATE, judged.words)
    return found
