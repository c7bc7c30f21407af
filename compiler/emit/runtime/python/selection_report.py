"""Proposals as plain data, ready to be printed as canonical JSON.

In: what selections propose. Out: dicts as docs/reports.md describes them, in one
language.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .report import Entry, keys_of, shown_value
from .selection import Place, Proposal, RankedList

if TYPE_CHECKING:
    from .prepared import Prepared
    from .ranking import TypedValue


def select_report_of(
    prepared: Prepared, proposals: Iterable[Proposal], lang: str
) -> Entry:
    """The report of all selections asked for."""
    return {
        "programme": prepared.programme,
        "selections": [_selection_entry(prepared, one, lang) for one in proposals],
        "version": prepared.version,
    }


def _selection_entry(prepared: Prepared, proposal: Proposal, lang: str) -> Entry:
    selection = proposal.selection
    tied = selection.tied
    return {
        "clauses": selection.clauses,
        "lists": [_list_entry(prepared, one) for one in proposal.lists],
        "message": selection.words.in_(lang),
        "order": [criterion.name for criterion in selection.order],
        "selection": selection.key,
        "stage": selection.at,
        "tied": "unknown" if tied is None else tied.kind,
    }


def _shown(prepared: Prepared, of: TypedValue) -> object:
    return shown_value(of.value, of.type, prepared.zone)


def _list_entry(prepared: Prepared, ranked: RankedList) -> Entry:
    return {
        "key": ranked.key,
        "limit": None if ranked.limit is None else _shown(prepared, ranked.limit),
        "places": [_place_entry(prepared, place) for place in ranked.places],
        "vacant": ranked.vacant,
    }


def _place_entry(prepared: Prepared, place: Place) -> Entry:
    fares = place.fares
    entry: Entry = {
        "id": place.id,
        "level": place.level,
        "rank": place.rank,
        "result": fares.result,
        "track": place.track,
        "values": [_shown(prepared, value) for value in place.values],
    }
    if fares.by is not None:
        entry["awaits"] = fares.by
    if place.behind is not None:
        entry["behind"] = place.behind
    if place.decided is not None:
        entry["decided"] = place.decided
    if place.given is not None:
        entry["given"] = place.given.place
    if place.left:
        entry["left"] = True
    if place.moved_up:
        entry["moved_up"] = True
    if fares.needs is not None:
        entry["needs"] = keys_of(fares.needs)
    if fares.position is not None:
        entry["position"] = fares.position
    return entry
