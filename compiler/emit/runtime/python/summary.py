"""The summary of a package.

Every row has its case, every case its row, and what both hold agrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import messages
from .definition import Column, Stage, Summary
from .finding import Finding, about_cases
from .keys import key_text
from .lines import Cell, Package
from .value import Unknown

if TYPE_CHECKING:
    from .stage import StageRun


def summary_findings(
    run: StageRun, package: Package, stage: Stage
) -> Iterable[Finding]:
    """Findings on the summary, if the stage sends one or the package brings one."""
    summaries = run.prepared.summaries
    keys = (document.summary for document in stage.sends if document.summary)
    key = next(keys, None)
    sent = next((one for one in summaries if one.key == key), None)
    if package.summary is None:
        if sent is not None:
            yield _missing(sent)
        return
    summary = sent or next(iter(summaries), None)
    of: Summary | Stage = summary or stage
    ids = [id for id in map(_case_of, package.summary) if id is not None]
    again = {id: None for i, id in enumerate(ids) if id in ids[:i]}
    named: dict[str, list[str]] = {
        "missing": [id for id in package.cases if id not in ids],
        "extra": [id for id in ids if id not in package.cases],
        "twice": list(again),
    }
    for problem, cases in named.items():
        if cases:
            yield about_cases("summary", of, problem, cases, "/summary")
    for index, row in enumerate(package.summary):
        id = _case_of(row)
        path = f"/summary/{index}"
        if id is None:
            found = about_cases("summary", of, "missing", ["case"], path)
            found.cases = []
            yield found
        elif id in run.by_id and summary is not None:
            yield from _disagreements(run, summary, row, path, run.by_id[id])


def _case_of(row: dict[str, Cell]) -> str | None:
    id = row.get("/case")
    return id if isinstance(id, str) else None


def _missing(of: Summary) -> Finding:
    message = messages.about(messages.of_package("missing"), of.words)
    return Finding(
        "summary", of, "complete", "unmet", problem="missing", message=message
    )


def _disagreements(
    run: StageRun, summary: Summary, row: dict[str, Cell], path: str, position: int
) -> Iterable[Finding]:
    """Columns of a row that differ from its case.

    Or are blank though they may not be.
    """
    for column in summary.columns:
        cell = row.get(column.pointer)
        # A blank cell always leaves the summary incomplete.
        strength = "complete"
        if column.value is not None:
            if not _differs(run, column, cell, position):
                continue
            problem = "differs"
            words = messages.of_package(problem)
            strength = column.strength or strength
        elif cell is None and not column.optional:
            problem = "blank"
            words = messages.of_field(problem)
        else:
            continue
        found = Finding("summary", column, strength, "unmet", problem=problem)
        found.path = path + column.pointer
        found.message = messages.about(words, column.words)
        found.cases = [run.ids[position]]
        yield found


def _differs(run: StageRun, column: Column, cell: Cell, position: int) -> bool:
    """Whether a cell shows another value than its case.

    A blank cell is filled from the case.
    """
    scene = run.scenes[position]
    if column.value is None:
        return False
    known = column.value[scene.track.key](scene)
    if cell is None or known is None or isinstance(known, Unknown):
        return False
    shown = key_text(column.shown, known)
    return shown is not None and shown != key_text(None, cell)
