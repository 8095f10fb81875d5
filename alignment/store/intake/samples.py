"""Every column of a staged file at a glance: what to look at closer, and what it can be at all."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from alignment.metrics.query import literal
from alignment.store.intake.natives import Native, Natives, may_hold, native_cell
from alignment.store.intake.workbench import Workbench

_Ends: TypeAlias = tuple[int, str | None, str | None]

_COLUMNS_AT_ONCE = 50
_CELLS_AT_ONCE = 20_000
_LOOKS = {
    "flag": re.compile("true|false|yes|no|[yn01]", re.IGNORECASE),
    "whole": re.compile(r"-?(0|[1-9]\d{0,17})"),
    "decimal": re.compile(r"-?(0|[1-9]\d*)?([.]\d+)?([eE][-+]?\d+)?"),
    "date": re.compile(r"\d{1,4}[-/. ].*\d.*|[A-Za-z]{3,9} \d{1,2}.*"),
    "money": re.compile(r"[-+(]{0,2}[^\w\s]?\D{0,3} ?\d[\d., ]*.{0,6}"),
}


@dataclass(frozen=True)
class Sample:
    """A column at a glance: how many values, the least, the greatest, a few more, and its placeholders."""

    values: int
    least: str | None
    greatest: str | None
    more: tuple[str, ...]
    placeholders: int

    def looks(self, like: str) -> bool:
        """Tell whether every value at hand looks like that, so that it's worth a look at all of them."""
        return all(
            _LOOKS[like].fullmatch(value) for value in (self.least, self.greatest, *self.more) if value
        )


def samples(
    bench: Workbench,
    relation: str,
    cells: list[str],
    placeholders: tuple[str, ...],
    natives: Natives = MappingProxyType({}),
) -> dict[str, Sample]:
    """Return a sample of each column; `placeholders` are the texts that stand for null."""
    start = _start(bench, relation, cells, placeholders)
    ends = _ends_of(bench, relation, {cell: _ends(cell, natives.get(cell)) for cell in cells})
    nulled = _placeholders(bench, relation, ends, placeholders, natives)
    odd = [cell for cell, count in nulled.items() if count]
    ends |= _ends_of(bench, relation, {cell: _ends(without(cell, placeholders), None) for cell in odd})
    return {cell: Sample(*ends[cell], start[cell], nulled.get(cell, 0)) for cell in cells}


def without(cell: str, placeholders: tuple[str, ...]) -> str:
    """Return the query text of a cell, null where it holds a placeholder."""
    branches = " ".join(f"when {literal(text)} then null" for text in placeholders)
    return f"(case {cell} {branches} else {cell} end)" if branches else cell


def _ends_of(bench: Workbench, relation: str, asked: dict[str, str]) -> dict[str, _Ends]:
    """Return how many values each column has, the least and the greatest, given the query texts of these."""
    cells, found = list(asked), dict[str, _Ends]()
    for first in range(0, len(cells), _COLUMNS_AT_ONCE):
        some = cells[first : first + _COLUMNS_AT_ONCE]
        texts = ", ".join(asked[cell] for cell in some)
        row = bench.one(f"select {texts} from {relation} where problem is null", "Looking at the columns")
        found |= {
            cell: (row[3 * place], row[3 * place + 1], row[3 * place + 2]) for place, cell in enumerate(some)
        }
    return found


def _ends(value: str, native: Native | None) -> str:
    if native:
        value = native_cell(value)
        return f"count({value}), cast(min({value}) as varchar), cast(max({value}) as varchar)"
    return f"count({value}), min({value}), max({value})"


def _placeholders(
    bench: Workbench, relation: str, ends: dict[str, _Ends], placeholders: tuple[str, ...], natives: Natives
) -> dict[str, int]:
    """Return how many placeholders each column holds; those that can't hold one are left out."""
    asked = [cell for cell, column in ends.items() if _may_hold_any(column, placeholders, natives.get(cell))]
    known = ", ".join(map(literal, placeholders))
    counts: dict[str, int] = {}
    for first in range(0, len(asked), _COLUMNS_AT_ONCE):
        each = (
            f"select '{cell}', count(*) from {relation} semi join known on {cell} = known.text "
            "where problem is null"
            for cell in asked[first : first + _COLUMNS_AT_ONCE]
        )
        counts |= dict(
            bench.run(
                f"with known as materialized (select unnest([{known}]) as text) {' union all '.join(each)}",
                "Looking at the columns",
            )
        )
    return counts


def _may_hold_any(column: _Ends, placeholders: tuple[str, ...], native: Native | None) -> bool:
    _values, least, greatest = column
    if native:
        return any(may_hold(native, text) for text in placeholders)
    first, last = (least or "").encode(), (greatest or "").encode()  # as the database compares texts
    return any(first <= text.encode() <= last for text in placeholders)


def _start(
    bench: Workbench, relation: str, cells: list[str], placeholders: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Return the different values of each column in the first rows."""
    most = _CELLS_AT_ONCE // len(cells)
    rows = bench.run(f"select {', '.join(cells)} from {relation} where problem is null limit {most}")
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(cells)
    return {
        cell: tuple(dict.fromkeys(value for value in column if value and value not in placeholders))
        for cell, column in zip(cells, columns, strict=True)
    }
