"""Reports as plain data, ready to be printed as canonical JSON.

In: what evaluation gives. Out: dicts as docs/reports.md describes them, in one
language.
Always: whole numbers are numbers, all other numbers strings in their unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import (
    TYPE_CHECKING,
)

from .date import Day, Moment, Zone, show_day, show_moment
from .evaluate import Evaluated, NamedValue
from .finding import Finding, ItemResult, MemberResult
from .number import Number, divide, is_number, show_number, to_decimal
from .scope import Note
from .value import Need, Unknown, Value
from .verdict import OutcomeRange
from .vocabulary import ValueType

if TYPE_CHECKING:
    from .batch import EvaluatedBatch
    from .package import PackageResult
    from .prepared import Prepared
    from .stage import QuotaFinding

Entry = dict[str, object]
"""An object of a report."""

_LARGEST = 2**53 - 1


def keys_of(needs: Sequence[Need]) -> list[str]:
    """What is awaited, by key."""
    return [need.key for need in needs]


def shown_number(value: Number, type: ValueType) -> int | str:
    """A number in its unit; a ratio without a finite decimal is `n/d`."""
    shown = value if type.size is None else divide(value, type.size)
    assert shown is not None, "a unit is not zero"
    if type.whole and isinstance(shown, int) and -_LARGEST <= shown <= _LARGEST:
        return shown
    decimal = None if type.digits is None else to_decimal(shown, type.digits)
    return show_number(shown) if decimal is None else decimal


def _shown_end(end: Number | None, type: ValueType) -> int | str | None:
    return None if end is None else shown_number(end, type)


def shown_value(value: Value, type: ValueType, zone: Zone | None) -> object:
    """A value as plain data; None where it has none, or none that is shown."""
    if is_number(value):
        return shown_number(value, type) if type.kind == "number" else None
    if isinstance(value, Day):
        return show_day(value)
    if isinstance(value, Moment):
        return show_moment(zone, value)
    if isinstance(value, list):
        return value if type.kind == "any_of" else None
    return value if isinstance(value, (bool, str)) else None


def _value_entry(entry: NamedValue, zone: Zone | None) -> Entry:
    named, value = entry
    type = named.type
    shown: Entry = {"clauses": named.clauses, "unit": type.unit}
    if not isinstance(value, Unknown):
        shown["value"] = shown_value(value, type, zone)
        return shown
    if type.kind == "number":
        shown["high"] = _shown_end(value.high, type)
        shown["low"] = _shown_end(value.low, type)
    shown["needs"] = keys_of(value.needs)
    shown["value"] = None
    return shown


def _member_entry(member: MemberResult, lang: str) -> Entry:
    of = member.of
    entry: Entry = {
        "clauses": of.clauses,
        "message": of.words.in_(lang),
        "needs": keys_of(member.needs),
        "path": of.path,
        "result": member.result,
        "rule": of.key,
    }
    if member.members is not None:
        entry["members"] = [_member_entry(inner, lang) for inner in member.members]
    return entry


def _item_entry(item: ItemResult) -> Entry:
    return {"needs": keys_of(item.needs), "path": item.path, "result": item.result}


def finding_entry(found: Finding, lang: str) -> Entry:
    """A finding on a case or a package."""
    if found.settled is None:
        return _newly_shown(found, lang)
    if lang not in found.settled:
        found.settled[lang] = _newly_shown(found, lang)
    # Each report gets its own: a caller may add to it.
    return {**found.settled[lang], "needs": [], "under": []}


def _newly_shown(found: Finding, lang: str) -> Entry:
    entry: Entry = {
        "clauses": found.clauses,
        "kind": found.kind,
        "message": found.message.in_(lang),
        "needs": keys_of(found.needs),
        "path": found.path,
        "result": found.result,
        "rule": found.of.key,
        "strength": found.strength,
        "under": [under.entry() for under in found.under],
    }
    if found.addressed is not None:
        entry["addressed"] = found.addressed
    if found.items is not None:
        entry["items"] = [_item_entry(item) for item in found.items]
    if found.members is not None:
        entry["members"] = [_member_entry(member, lang) for member in found.members]
    elif found.cases is not None:
        entry["members"] = found.cases
    if found.outcome is not None:
        entry["outcome"] = found.outcome
    if found.problem is not None:
        entry["problem"] = found.problem
    if found.reason is not None:
        entry["exception"] = True
        entry["reason"] = found.reason
    return entry


def _outcome_entry(outcome: OutcomeRange | None) -> object:
    """The outcome: None, a key, or best and worst."""
    if outcome is None or outcome.best == outcome.worst:
        return None if outcome is None else outcome.best
    return {"best": outcome.best, "worst": outcome.worst}


def note_entries(notes: Iterable[Note], lang: str) -> list[Entry]:
    """Notes."""
    return [
        {"clauses": clauses, "message": message.in_(lang), "rule": rule}
        for rule, clauses, message in notes
    ]


def report_of(prepared: Prepared, evaluated: Evaluated, lang: str) -> Entry:
    """The report of a case."""
    zone = prepared.zone
    report: Entry = {
        "findings": [finding_entry(found, lang) for found in evaluated.findings],
        "later": [finding_entry(found, lang) for found in evaluated.later],
        "notes": note_entries(evaluated.notes, lang),
        "outcome": _outcome_entry(evaluated.outcome),
        "programme": prepared.programme,
        "tags": evaluated.tags,
        "track": evaluated.track.key,
        "values": {
            entry.named.key: _value_entry(entry, zone) for entry in evaluated.values
        },
        "verdict": evaluated.verdict,
        "version": prepared.version,
    }
    if evaluated.standing is not None:
        report["status"] = [place._asdict() for place in evaluated.standing]
    if evaluated.case_version is not None:
        report["case_version"] = evaluated.case_version
    if evaluated.id is not None:
        report["id"] = evaluated.id
    return report


def defined(entry: Mapping[str, object]) -> Entry:
    """The object without members that are None."""
    return {name: value for name, value in entry.items() if value is not None}


def _quota_entry(found: QuotaFinding, lang: str) -> Entry:
    """A quota's finding for one group."""
    quota, type, measure = found.of, found.of.type, found.measure
    entry = defined(
        {
            "addressed": found.addressed,
            "clauses": quota.clauses,
            "exception": None if found.reason is None else True,
            "final": found.final,
            "key": found.key,
            "kind": "quota",
            "members": found.members,
            "message": quota.words.in_(lang),
            "needs": keys_of(found.needs),
            "override": None
            if found.override is None
            else defined(
                {
                    "at": found.override.at,
                    "by": found.override.by,
                    "why": found.override.why,
                }
            ),
            "reason": found.reason,
            "result": found.result,
            "returned": found.returned or None,
            "rule": quota.key,
            "strength": found.strength,
            "under": [under.entry() for under in found.under],
        }
    )
    if found.limit is not None:
        limit = found.limit
        low = shown_number(limit.low, limit.type)
        entry["limit"] = low
        if limit.high is not None:
            entry["limit"] = {"high": shown_number(limit.high, limit.type), "low": low}
    if measure.portions is not None:
        entry["numerator"], entry["denominator"] = measure.portions
    if type is None or not measure.measured:
        return entry
    if measure.value is None:
        entry["low"] = _shown_end(measure.low, type)
        entry["high"] = _shown_end(measure.high, type)
    else:
        entry["value"] = shown_number(measure.value, type)
    if found.distance is not None:
        entry["over"] = shown_number(found.distance.over, type)
        entry["free"] = shown_number(found.distance.free, type)
    return entry


def _package_entry(package: PackageResult, lang: str) -> Entry:
    own = [finding_entry(found, lang) for found in package.own]
    quotas = [_quota_entry(found, lang) for found in package.quotas]
    return {
        "cases": package.cases,
        "findings": [*own, *quotas],
        "id": package.id,
        "key": package.key,
        "state": package.state,
    }


def batch_report_of(prepared: Prepared, evaluated: EvaluatedBatch, lang: str) -> Entry:
    """The report of a batch."""
    report: Entry = {
        "closed": evaluated.closed,
        "findings": [_quota_entry(found, lang) for found in evaluated.findings],
        "packages": [_package_entry(package, lang) for package in evaluated.packages],
        "programme": prepared.programme,
        "stage": evaluated.stage,
        "version": prepared.version,
    }
    if evaluated.notes:
        report["notes"] = note_entries(evaluated.notes, lang)
    return report
