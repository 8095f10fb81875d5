"""Rows of a wrong width, as DuckDB itself tells them: the others are read as fast as ever, none is lost."""

import csv
import io
from collections.abc import Callable, Iterator

from alignment.store.intake.dialect import LONGEST_CELL, SPACES, Dialect, long_cells
from alignment.store.intake.header_row import FEW_NAMES, known
from alignment.store.intake.staged import PROBLEM, ROW, SPILT, Row, cells_of
from alignment.store.intake.workbench import Workbench

MOST = 100_000
"""So many rows of a wrong width at most; a file with more is read row by row."""

_LONGEST_TOLD = 10_000  # DuckDB cuts off what it tells of a row
_OF_WIDTH = {"MISSING COLUMNS", "TOO MANY COLUMNS"}

Fit = Callable[[int, list[str]], Row]


def kept_apart(name: str) -> str:
    """Return the options of the reader that keep such rows apart, in a table of their own."""
    return f", store_rejects = true, rejects_table = '{name}_rejects', rejects_limit = {MOST + 1}"


def ragged_rows(bench: Workbench, name: str, dialect: Dialect, fit: Fit) -> list[Row] | None:
    """Return the rows that were kept apart, fitted to the header; None where they need a closer look.

    That is where more than their width is wrong, and where one may be the header of a second table.
    """
    entries, kinds = bench.one(f"select count(*), list(distinct error_type::varchar) from {name}_rejects")
    if entries > MOST or not set(kinds or ()) <= _OF_WIDTH:
        return None
    if _is_cut_off(bench, name) or _holds_long_cell(bench, name, dialect):
        return None
    found = bench.run(f"select distinct line, csv_line from {name}_rejects order by 1")
    rows: list[Row] = []
    with long_cells():
        for number, text in found:
            records = list(_records(text, dialect.delimiter))
            if len(records) != 1 or number <= dialect.header.row or known(records[0]) >= FEW_NAMES:
                return None
            if any(cell.strip(SPACES) for cell in records[0]):
                rows.append(fit(number, records[0]))
    return rows


def _is_cut_off(bench: Workbench, name: str) -> bool:
    """Tell whether a row that was kept apart is longer than the reader tells."""
    (longest,) = bench.one(f"select coalesce(max(length(csv_line)), 0) from {name}_rejects")
    return longest >= _LONGEST_TOLD


def _holds_long_cell(bench: Workbench, name: str, dialect: Dialect) -> bool:
    """Tell whether there is a value longer than any that we take: its row has to be named."""
    longest = ", ".join(f"max(length({cell}))" for cell in cells_of(dialect.headers))
    return any(
        (length or 0) > LONGEST_CELL for length in bench.one(f"select {longest} from scratch.{name}_lines")
    )


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        return


def number_rows(bench: Workbench, name: str, dialect: Dialect) -> None:
    """Create `name_rows`: the rows of the right width under their numbers in the file, and the others.

    A row's number is its place among those read, and one more for each row kept apart before it.
    """
    first = dialect.header.row + 1
    cells = ", ".join(cells_of(dialect.headers))
    bench.run(
        f"""
        create table scratch.{name}_numbered as
        with apart as (
            select line - {first} - row_number() over (order by line) + 1 as place,
                   row_number() over (order by line) as number_before
            from (select distinct line from {name}_rejects)
        ), steps as (
            select place, max(number_before) as number_before from apart group by place
        )
        select lines.rowid + {first} + coalesce(steps.number_before, 0) as {ROW}, {cells}
        from scratch.{name}_lines as lines asof left join steps on lines.rowid >= steps.place
        """,
        "Numbering the rows",
    )
    bench.run(f"drop table scratch.{name}_lines")
    bench.run(
        f"create view scratch.{name}_rows as "
        f"select {ROW}, cast(null as varchar) as {PROBLEM}, cast(null as varchar) as {SPILT}, {cells} "
        f"from scratch.{name}_numbered union all "
        f"select cast({ROW} as bigint), {PROBLEM}, {SPILT}, {cells} from scratch.{name}_ragged"
    )
