"""Rows set aside go out as a table, to be mended in a spreadsheet, and come back as rows again."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import duckdb

from alignment.errors import UnreadableFileError, WarehouseError
from alignment.metrics.query import literal
from alignment.store.intake.headers import Headers
from alignment.store.intake.odd_rows import FOOTER, HEADER_AGAIN, TOTAL
from alignment.store.intake.set_aside import SET_ASIDE_TABLE, formula_safe
from alignment.store.intake.staged import PROBLEM, ROW, SPILT, Staged
from alignment.store.intake.workbench import Workbench

MARKS = ("accord_file", "accord_row", "accord_column", "accord_value", "accord_reason")
"""Columns before the file's own: where a row stood, and what was wrong with it."""

_KEPT = ("file", "row_number", "column_name", "value", "reason", "cells")
_DISARMED = r"'[=+@\t\r-].*"


def export_set_aside(warehouse: Path, table: str, into: Path) -> int:
    """Write the rows of a table that the last load set aside, under the file's own names; return how many.

    No cell is one that a spreadsheet would run. Raises WarehouseError where nothing was loaded.
    """
    if not warehouse.exists():
        raise WarehouseError(f"There is no warehouse at {warehouse}. Import your files first.")
    rows = _kept(warehouse, table)
    cells = [json.loads(str(row[-1])) for row in rows]
    names = list(dict.fromkeys(name for row in cells for name in row))
    with into.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*MARKS, *(formula_safe(name) for name in names)])
        for row, own in zip(rows, cells, strict=True):
            values = [*row[:-1], *(own.get(name) for name in names)]
            writer.writerow(["" if value is None else formula_safe(str(value)) for value in values])
    return len(rows)


def _kept(warehouse: Path, table: str) -> list[tuple[str | int | None, ...]]:
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(warehouse))} as load (read_only)")
        there = connection.execute(
            "select 1 from duckdb_tables() where database_name = 'load' and table_name = ?", [SET_ASIDE_TABLE]
        ).fetchall()
        if not there:
            return []
        return connection.execute(
            f"select {', '.join(_KEPT)} from load.{SET_ASIDE_TABLE} where table_name = ?", [table]
        ).fetchall()


def is_mended(headers: tuple[str, ...]) -> bool:
    """Tell whether a file's columns are those of rows that were set aside."""
    return set(MARKS) <= set(headers)


def own_columns(headers: tuple[str, ...]) -> list[int]:
    """Return the places of the columns that are the file's own."""
    mended = is_mended(headers)
    return [place for place, name in enumerate(headers) if not mended or name not in MARKS]


def without_marks(bench: Workbench, staged: Staged) -> Staged:
    """Return a staged file of mended rows as it was before it went out; any other file as it is.

    What is no data (totals, footers) stays set aside as long as its reason stands beside it.
    """
    if not is_mended(staged.headers.names):
        return staged
    kept = own_columns(staged.headers.names)
    names = tuple(_armed(staged.headers.names[place]) for place in kept)
    cells = ", ".join(
        f"case when regexp_full_match(c{old}, {literal(_DISARMED)}, 's') then substr(c{old}, 2) "
        f"else c{old} end as c{new}"
        for new, old in enumerate(kept)
    )
    reason = staged.cell("accord_reason")
    no_data = " ".join(
        f"when {literal(what.partition(': ')[2])} then {literal(what)}"
        for what in (HEADER_AGAIN, TOTAL, FOOTER)
    )
    relation = f"{staged.relation}_mended"
    bench.run(
        f"create view {relation} as select {ROW}, coalesce({PROBLEM}, case {reason} {no_data} end) "
        f"as {PROBLEM}, {SPILT}, {cells} from {staged.relation}"
    )
    parts = tuple(replace(part, is_mended=True) for part in staged.parts)
    headers = Headers(names, frozenset())
    return replace(staged, relation=relation, headers=headers, parts=parts, natives={}, lines="")


def refuse_mended_alone(staged: Staged) -> None:
    """Raise UnreadableFileError where there is nothing but mended rows: all others would be gone."""
    if all(part.is_mended for part in staged.parts):
        raise UnreadableFileError(
            f"{staged.file} holds mended rows only, so the rows that were loaded would be gone. "
            "Give it together with the export that its rows come from, as files of one table."
        )


def _armed(name: str) -> str:
    """Return a column's name as it was before it was made safe for a spreadsheet."""
    return name[1:] if name.startswith("'") and formula_safe(name[1:]) == name else name
