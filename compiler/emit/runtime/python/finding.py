"""Findings: what came of one rule, material, field or stage.

`of` is the declaration; two findings of two passes are about the same thing if they
stand for the same declaration.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Protocol

from . import messages
from .definition import Stage, TestMember
from .messages import Words
from .value import Need


class Declaration(Protocol):
    """What a finding is about."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def clauses(self) -> Sequence[str]:
        """The clauses that it stands on."""

    @property
    def words(self) -> Words:
        """What it is called."""


class Under:
    """What another word of a reading would give."""

    __slots__ = ("reading", "result", "value")

    def __init__(self, reading: str, result: str, value: str) -> None:
        self.reading = reading
        self.result = result
        self.value = value

    def entry(self) -> dict[str, object]:
        """As it stands in a report."""
        return {"reading": self.reading, "result": self.result, "value": self.value}


class MemberResult:
    """What came of a member of a threshold."""

    __slots__ = ("members", "needs", "of", "result")

    def __init__(
        self,
        of: TestMember,
        result: str,
        needs: Sequence[Need],
        members: Sequence[MemberResult] | None,
    ) -> None:
        self.of = of
        self.result = result
        self.needs = needs
        self.members = members


class ItemResult:
    """What came of an item of a list."""

    __slots__ = ("needs", "path", "result")

    def __init__(self, path: str, result: str, needs: Sequence[Need]) -> None:
        self.path = path
        self.result = result
        self.needs = needs


class Finding:
    """What came of one thing; what it does not have is None."""

    __slots__ = (
        "addressed",
        "cases",
        "clauses",
        "items",
        "kind",
        "members",
        "message",
        "needs",
        "of",
        "outcome",
        "path",
        "problem",
        "reason",
        "result",
        "settled",
        "strength",
        "under",
    )

    def __init__(
        self,
        kind: str,
        of: Declaration,
        strength: str,
        result: str,
        needs: Sequence[Need] = (),
        path: str = "",
        problem: str | None = None,
        message: Words | None = None,
    ) -> None:
        self.kind = kind
        self.of = of
        self.strength = strength
        self.result = result
        self.needs = needs
        self.path = path
        self.problem = problem
        self.message = of.words if message is None else message
        self.under: list[Under] = []
        self.clauses = of.clauses
        self.members: Sequence[MemberResult] | None = None
        self.items: Sequence[ItemResult] | None = None
        self.cases: Sequence[str] | None = None
        self.reason: str | None = None
        self.outcome: str | None = None
        self.addressed: str | None = None
        self.settled: dict[str, dict[str, object]] | None = None
        """As shown, by language, if it is the same in case after case."""

    def own(self) -> Finding:
        """One that may be changed, since it stands in no other report."""
        if self.settled is None:
            return self
        found = copy(self)
        found.settled = None
        found.under = []
        return found


def about_field(of: Declaration, problem: str, path: str) -> Finding:
    """An entry that is not as asked."""
    words = messages.about(messages.of_field(problem), of.words)
    return Finding("field", of, "complete", "unmet", (), path, problem, words)


def about_stage(stage: Stage, problem: str, path: str) -> Finding:
    """A step that was not as the route asks: returned."""
    words = messages.about(messages.of_stage(problem), stage.words)
    return Finding("stage", stage, "complete", "unmet", (), path, problem, words)


def about_cases(
    kind: str, of: Declaration, problem: str, ids: Sequence[str], path: str
) -> Finding:
    """A finding that names cases."""
    words = messages.about(messages.of_package(problem), "、".join(ids))
    found = Finding(kind, of, "complete", "unmet", (), path, problem, words)
    found.cases = ids
    return found


def _kind_of_problem(found: Finding) -> str | None:
    """Deadlines are one thing whether kept or not.

    Every other problem is a thing of its own.
    """
    if found.kind == "material" or found.problem == "late":
        return None
    return found.problem


def same_thing(a: Finding, b: Finding) -> bool:
    """Whether two findings of two passes are about the same thing."""
    return (
        a.of is b.of
        and a.kind == b.kind
        and a.path == b.path
        and _kind_of_problem(a) == _kind_of_problem(b)
    )


def enters_verdict(strength: str) -> bool:
    """Whether a rule of this strength bears on the verdict."""
    return strength in ("require", "complete", "in principle")
