"""Verdict and outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .finding import Finding

# Worst first.
_VERDICTS = (
    "rejected",
    "returned",
    "reason needed",
    "unknown",
    "pending judgement",
    "accepted",
)

_UNMET = {
    "require": "rejected",
    "complete": "returned",
    "in principle": "reason needed",
}


class OutcomeRange(NamedTuple):
    """The best and worst outcome."""

    best: str
    worst: str


def _brings(found: Finding) -> str:
    """What one finding brings."""
    if found.strength not in _UNMET or found.result in ("met", "not applicable"):
        return "accepted"
    if found.result == "unmet":
        return _UNMET[found.strength]
    return "pending judgement" if found.result == "pending" else "unknown"


def verdict_of(findings: Iterable[Finding]) -> str:
    """The verdict: the worst that any due finding brings."""
    brought = {_brings(found) for found in findings}
    return next((one for one in _VERDICTS if one in brought), "accepted")


def _rank_of(outcomes: Sequence[str], name: str) -> int:
    """How good an outcome is.

    A declared one by its place, a verdict's word below all of them.
    """
    if name in outcomes:
        return -outcomes.index(name)
    return (_VERDICTS.index(name) if name in _VERDICTS else -1) - 1_000_000


def _worse(outcomes: Sequence[str], a: str, b: str) -> str:
    return b if _rank_of(outcomes, b) < _rank_of(outcomes, a) else a


def outcome_of(
    outcomes: Sequence[str], findings: Iterable[Finding]
) -> OutcomeRange | None:
    """The best and worst outcome, if the track declares any."""
    if not outcomes:
        return None
    best = worst = outcomes[0]
    for found in findings:
        # Its own outcome, else the word of its strength.
        name = found.outcome or _UNMET.get(found.strength)
        if name is None:
            continue
        if found.result == "unmet":
            best = _worse(outcomes, best, name)
        if found.result in ("unmet", "unknown", "pending"):
            worst = _worse(outcomes, worst, name)
    return OutcomeRange(best, worst)


def worsened(
    outcomes: Sequence[str], found: OutcomeRange, outcome: str
) -> OutcomeRange:
    """The worse of an outcome and another, for cases of a breaching group."""
    return OutcomeRange(
        _worse(outcomes, found.best, outcome), _worse(outcomes, found.worst, outcome)
    )
