"""Staged rows that become the table themselves, without being written twice.

What is stored as it should be is renamed, what is not is read in its place. That goes where each column of
the table is made of one column of the file, and of nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.contract import Table
from alignment.domain.mapping import Rule, TableMapping
from alignment.metrics.query import quoted
from alignment.store.intake.natives import native_cell, text_of
from alignment.store.intake.plan import Plan, Planned
from alignment.store.intake.set_aside import Sorting
from alignment.store.intake.staged import ROW, Staged
from alignment.store.intake.workbench import Workbench

_MANY_ROWS = 1_000_000
_CELL = re.compile(r"\b[cn]\d+\b")


@dataclass(frozen=True)
class Promotion:
    """A table whose rows are staged where it will be, and what becomes of them.

    `derived` are the query texts of columns that other columns change, by name.
    """

    bench: Workbench
    staged: Staged
    table: Table
    plan: Plan
    derived: Mapping[str, str]

    @property
    def is_possible(self) -> bool:
        """Tell whether each column is made of one of the file, and each derived one replaces a column."""
        names = {column.name for column in self.plan.columns}
        if not self.staged.lines or not set(self.derived) <= names:
            return False
        return all(map(self._is_own, self.plan.columns)) and not any(
            re.search(rf"\b{other}\b", text)
            for name, text in self.derived.items()
            for other in self.derived
            if other != name
        )

    def run(self, sorting: Sorting) -> None:
        """Make the staged rows the table; `target` holds a view of its name until then."""
        name = f"target.{self.table.name}"
        types = {row[0]: row[1] for row in self.bench.run(f"describe {name}")}
        self.bench.run(f"drop view {name}")
        self._without_sorted_out(sorting)
        stored = {column.name: self._read(column, types[column.name]) for column in self.plan.columns}
        self._renamed(stored)
        for column, text in self.derived.items():
            self._alter(quoted(column), types[column], text)
        self.bench.run(f"alter table {self._lines} rename to {quoted(self.table.name)}")

    @property
    def _lines(self) -> str:
        return f"target.{self.staged.lines}"

    def _is_own(self, column: Planned) -> bool:
        """Tell whether a column's text speaks of its own cell alone, as text or as what it is."""
        if column.rule is not Rule.COLUMN:
            return False
        cell = self.staged.cell(column.origin)
        named = set(_CELL.findall(column.expression))
        return named in ({cell}, {native_cell(cell)})

    def _without_sorted_out(self, sorting: Sorting) -> None:
        if not sorting.loads_all:
            rows = f"select {ROW} - {self.staged.first_row} from {sorting.relation}"
            self.bench.run(f"delete from {self._lines} where rowid in ({rows})")

    def _read(self, column: Planned, kind: str) -> str:
        """Read a column in its place; return the identifier under which it is then stored."""
        cell = self.staged.cell(column.origin)
        stored = native_cell(cell) if cell in self.staged.looked_native else cell
        if stored != cell and cell in _CELL.findall(column.expression):
            text = text_of(cell, is_whole=cell in self.staged.natives)
            self._alter(stored, "varchar", text)
            self.bench.run(f"alter table {self._lines} rename column {stored} to {cell}")
            stored = cell
        if column.expression != stored:
            self._alter(stored, kind, column.expression)
        return stored

    def _alter(self, column: str, kind: str, text: str) -> None:
        self.bench.run(
            f"alter table {self._lines} alter column {column} set data type {kind} using ({text})",
            f"Loading {self.table.name}",
        )
        if self.staged.rows > _MANY_ROWS:
            self.bench.run("checkpoint target")  # a column as it is read waits in memory until then

    def _renamed(self, stored: dict[str, str]) -> None:
        """Give the columns their names and drop all others; no name may be another's on the way."""
        kept = set(stored.values())
        for column in self.bench.columns("target", self.staged.lines):
            if column not in kept:
                self.bench.run(f"alter table {self._lines} drop column {column}")
        way = "way_"
        while any(name.lower().startswith(way) for name in stored):
            way += "_"
        for place, column in enumerate(stored.values()):
            self.bench.run(f"alter table {self._lines} rename column {column} to {way}{place}")
        for place, name in enumerate(stored):
            self.bench.run(f"alter table {self._lines} rename column {way}{place} to {quoted(name)}")


def places_in(table: Table, mapping: TableMapping, headers: tuple[str, ...]) -> list[str] | None:
    """Return the cells of a file in the order of the table made of it; None where more goes into that."""
    if any(given.rule is not Rule.COLUMN for given in mapping.assignments):
        return None
    cells = [f"c{place}" for place in range(len(headers))]
    order = {name: place for place, name in enumerate(table.column_names)}
    mapped = {given.origin: order.get(given.column, len(order)) for given in mapping.assignments}
    return sorted(cells, key=lambda cell: mapped.get(headers[int(cell[1:])], len(order)))
