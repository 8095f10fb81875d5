"""Every column of a staged file at a glance: what to look at closer, and what it can be at all."""

import re
from dataclasses import dataclass

from alignment.metrics.query import literal
from alignment.store.intake.workbench import Workbench

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
    bench: Workbench, relation: str, cells: list[str], placeholders: tuple[str, ...]
) -> dict[str, Sample]:
    """Return a sample of each column; `placeholders` are the texts that stand for null."""
    start = _start(bench, relation, cells, placeholders)
    found = {}
    for first in range(0, len(cells), _COLUMNS_AT_ONCE):
        some = cells[first : first + _COLUMNS_AT_ONCE]
        asked = ", ".join(_asked(cell, without(cell, placeholders)) for cell in some)
        row = bench.one(f"select {asked} from {relation} where problem is null", "Looking at the columns")
        totals = iter(row)
        for cell in some:
            values, least, greatest, nulled = (next(totals) for _ in range(4))
            found[cell] = Sample(values, least, greatest, start[cell], nulled)
    return found


def without(cell: str, placeholders: tuple[str, ...]) -> str:
    """Return the query text of a cell, null where it holds a placeholder."""
    branches = " ".join(f"when {literal(text)} then null" for text in placeholders)
    return f"(case {cell} {branches} else {cell} end)" if branches else cell


def _asked(cell: str, real: str) -> str:
    return f"count({real}), min({real}), max({real}), count({cell}) - count({real})"


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
