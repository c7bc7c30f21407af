"""The report on targets as plain data, ready to be printed as canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from .date import Day, show_day
from .number import Number, is_number
from .report import Entry, defined, keys_of, note_entries, shown_number
from .targets import JudgedTargets, TargetFinding, TargetItem, TargetLimit
from .value import Unknown, Value
from .vocabulary import ValueType

if TYPE_CHECKING:
    from .prepared import Prepared

Shown = Union[int, str, None]
"""A number as it is printed; None where it is not."""

_PLAIN = ValueType(kind="number", whole=True)


def _ends(shown: int | str) -> bool:
    """Whether a number may stand in JSON: a quotient without end may not."""
    return isinstance(shown, int) or "/" not in shown


def _number(value: Number | None, type: ValueType | None) -> Shown:
    if value is None or type is None:
        return None
    shown = shown_number(value, type)
    return shown if _ends(shown) else None


def _plain(value: Value, type: ValueType | None) -> object:
    if is_number(value):
        return _number(value, type)
    if isinstance(value, Day):
        return show_day(value)
    return value if isinstance(value, (bool, str)) else None


def _ends_of(value: Value, type: ValueType | None) -> dict[str, Shown]:
    """The ends of a number that is not known, if it has ends."""
    if not isinstance(value, Unknown) or type is None:
        return {}
    if value.low is None and value.high is None:
        return {}
    low = None if value.low is None else shown_number(value.low, type)
    high = None if value.high is None else shown_number(value.high, type)
    both = {"low": low, "high": high}
    return both if all(end is None or _ends(end) for end in both.values()) else {}


def _limit_in(limit: TargetLimit | None, type: ValueType | None) -> object:
    if limit is None or type is None or not is_number(limit.low):
        return None
    if limit.high is None:
        return _number(limit.low, type)
    if not is_number(limit.high):
        return None
    return {"high": _number(limit.high, type), "low": _number(limit.low, type)}


def _strength_of(found: TargetFinding) -> str:
    if found.problem is not None:
        return "complete"
    return "note" if found.soft else "finding"


def _finding_entry(found: TargetFinding, lang: str) -> Entry:
    type, block = found.type, found.block
    entry = defined(
        {
            "addressed": block.reporter,
            "clauses": found.clauses,
            "due": None if found.due is None else show_day(found.due),
            "gap": _number(found.gap, type),
            "key": None if found.key is None else {block.per or "key": found.key},
            "kind": "target" if found.problem is None else "field",
            "limit": _limit_in(found.limit, type),
            "message": found.message.in_(lang),
            "milestone": found.label,
            "needs": keys_of(found.needs),
            "path": found.path,
            "problem": found.problem,
            "reports": [one.id for one in found.reports if one.id is not None],
            "result": found.result,
            "rule": found.rule,
            "strength": _strength_of(found),
            "targets": block.key,
            "under": [under.entry() for under in found.under],
            "unit": None if type is None else type.unit,
            "value": _plain(found.value, type),
            "words": None if found.words is None else found.words.in_(lang),
        }
    )
    entry.update(_ends_of(found.value, type))
    if found.ratio is not None:
        entry["numerator"] = shown_number(found.ratio[0], _PLAIN)
        entry["denominator"] = shown_number(found.ratio[1], _PLAIN)
    if found.items is not None:
        open_ = [item for item in found.items if item.result != "met"]
        entry["items"] = [_item_entry(item, type) for item in open_]
    return entry


def _item_entry(item: TargetItem, type: ValueType | None) -> Entry:
    return defined(
        {
            "gap": _number(item.gap, type),
            "key": item.key,
            "needs": keys_of(item.needs),
            "result": item.result,
            "value": _plain(item.value, type),
        }
    )


def targets_report_of(prepared: Prepared, judged: JudgedTargets, lang: str) -> Entry:
    """The report on targets."""
    return {
        "findings": [_finding_entry(found, lang) for found in judged.findings],
        "notes": note_entries(judged.notes, lang),
        "on": None if judged.on is None else show_day(judged.on),
        "programme": prepared.programme,
        "version": prepared.version,
    }
