"""Lookups in tables, and totals split over their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .date import Day
from .expression import compare_values
from .number import Number, divide, is_number, multiply, round_number, subtract
from .value import Unknown, Value, all_needs, silent
from .vocabulary import Band, Cell, KeyCell, Row, Table

if TYPE_CHECKING:
    from .scope import Scope


def _cell(c: Scope, row: Row, column: int, keys: Sequence[Value]) -> Value:
    """A cell of a row with the row's keys in scope."""
    value = row.values[column]
    if not callable(value):
        return value
    c.keys.append(keys)
    found = value(c)
    c.keys.pop()
    return found


def lookup(c: Scope, table: Table, column: str, keys: Sequence[Value]) -> Value:
    """The cell of a column in the row that the keys choose.

    No such row: the notice says nothing on it.
    """
    if table.absent:
        return silent()
    if None in keys:
        return None
    if any(isinstance(key, Unknown) for key in keys):
        return Unknown(all_needs(keys))
    row = _find_row(c, table, keys)
    if row is None:
        return silent()
    return _cell(c, row, table.columns.index(column), keys)


def _constant(c: Scope, value: Cell) -> Value:
    return value(c) if callable(value) else value


def _fits(c: Scope, cell: KeyCell, key: Value) -> bool:
    if cell is None:
        return True
    if not isinstance(cell, Band):
        same = (compare_values("equal", key, _constant(c, value)) for value in cell)
        return any(found is True for found in same)
    if not is_number(key):
        return False
    low, high = cell.low, cell.high
    over = low is None or key > low or (not cell.above and key == low)
    under = high is None or key < high or (not cell.below and key == high)
    return over and under


def _fit_all(c: Scope, cells: Sequence[KeyCell], keys: Sequence[Value]) -> bool:
    return all(_fits(c, cell, key) for cell, key in zip(cells, keys))


def _place_of(value: Value) -> Number | None:
    """What stands for a number or a day where bounds are compared."""
    if isinstance(value, Day):
        return value.number
    return value if is_number(value) else None


def _find_row(c: Scope, table: Table, keys: Sequence[Value]) -> Row | None:
    """The row that known keys choose."""
    if table.lookup == "match":
        rows = (row for row in table.rows if _fit_all(c, row.keys, keys))
        return next(rows, None)
    last = _place_of(keys[-1])
    sign = 1 if table.lookup == "lower bound" else -1
    best: Row | None = None
    nearest: Number | None = None
    for row in table.rows:
        cell = row.keys[-1]
        bound = _place_of(_constant(c, cell[0])) if isinstance(cell, list) else None
        if bound is None or last is None:
            continue
        if not _fit_all(c, row.keys[:-1], keys):
            continue
        reached = (last - bound) * sign >= 0
        if reached and (nearest is None or (bound - nearest) * sign > 0):
            best, nearest = row, bound
    if best is not None:
        return best
    # Of a banded table: the row for values beyond all bounds.
    rest = (row for row in table.rows if row.keys[-1] is None)
    return next((row for row in rest if _fit_all(c, row.keys[:-1], keys)), None)


class RowValue(NamedTuple):
    """A row's constant keys, and its value in a column."""

    keys: list[Value]
    value: Value


def rows_of(c: Scope, table: Table, column: str) -> list[RowValue]:
    """Every row of a column.

    Its constant keys are the first of each cell; None for `otherwise`.
    """
    index = table.columns.index(column)
    found = []
    for row in table.rows:
        keys = [
            _constant(c, cell[0]) if isinstance(cell, list) and cell else None
            for cell in row.keys
        ]
        found.append(RowValue(keys, _cell(c, row, index, keys)))
    return found


def seats_of(total: int, weights: Sequence[Number], method: str) -> list[Number | None]:
    """Seats by weight; None for each row that a tie at the last seat leaves open."""
    all_weights = sum(weights, start=0)
    if all_weights == 0 or total < 0:
        return [None for _ in weights]
    remainder = method == "largest_remainder"

    def quota(weight: Number) -> Number:
        share = divide(multiply(weight, total), all_weights)
        return 0 if share is None else share

    def claim(i: int) -> Number | None:
        if remainder:
            return None if done[i] else subtract(quota(weights[i]), seats[i])
        return divide(
            weights[i], 2 * seats[i] + 1 if method == "webster" else seats[i] + 1
        )

    seats: list[Number] = [
        round_number(quota(weight), "down", 0) if remainder else 0 for weight in weights
    ]
    done = [False for _ in weights]
    rest = total - sum(seats)
    while rest > 0:
        claims = [claim(i) for i in range(len(weights))]
        known = [one for one in claims if one is not None]
        if not known:
            break
        best = max(known)
        tied = [one == best for one in claims]
        count = sum(tied)
        if count > rest:
            return [None if tie else seat for tie, seat in zip(tied, seats)]
        for i, tie in enumerate(tied):
            if tie:
                seats[i] += 1
                done[i] = remainder
        rest -= count
    return list(seats)
