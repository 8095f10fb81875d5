"""Tables that leave the app as CSV or Excel: what was chosen and up to when stands inside; nothing runs."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import TypeAlias

import pyarrow as pa
import streamlit as st

from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.store.row_file import FORMULA
from alignment.ui import workbook
from alignment.ui.table import Table, Value

SHARES = ("rate", "low", "high")
RATE_PARTS = ("numerator", "denominator", *SHARES)
_NOT_IN_A_FILE_NAME = re.compile(r"[^\w.]+")


@dataclass(frozen=True)
class Sheet:
    """A table as it leaves: its title, the lines on what was chosen, one header and rows of plain values.

    A rate takes five columns (numerator, denominator, rate, low, high), money its amount. `shares` are the
    places of the columns that hold shares, 0 to 1.
    """

    title: str
    lines: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    shares: frozenset[int] = frozenset()


Making: TypeAlias = Callable[[], Sheet]


def sheet_of(table: Table, title: str, note: str) -> Sheet:
    """Return a table of values as it leaves."""
    kinds = [
        next((row[place] for row in table.rows if row[place] is not None), None)
        for place in range(len(table.columns))
    ]
    parts = [part for column, kind in zip(table.columns, kinds, strict=True) for part in _parts(column, kind)]
    rows = (
        tuple(cell for value, kind in zip(row, kinds, strict=True) for cell in _cells(value, kind))
        for row in table.rows
    )
    shares = frozenset(place for place, (_, is_share) in enumerate(parts) if is_share)
    return Sheet(title, (*note.splitlines(),), tuple(name for name, _ in parts), (*rows,), shares)


def sheet_of_rows(rows: pa.Table, title: str, note: str) -> Sheet:
    """Return rows of the data as they leave."""
    columns = [column.to_pylist() for column in rows.columns]
    return Sheet(title, (*note.splitlines(),), (*rows.column_names,), (*zip(*columns, strict=True),))


def csv_of(sheet: Sheet) -> bytes:
    """Return the sheet as CSV: first title and choice as `#` lines, then the header and the rows."""
    page = StringIO(newline="")
    written = csv.writer(page)
    written.writerows([f"# {line}"] for line in _lines(sheet))  # one cell a line, whatever commas it has
    written.writerow([safe_cell(name) for name in sheet.header])
    written.writerows([safe_cell(value) for value in row] for row in sheet.rows)
    return page.getvalue().encode("utf-8-sig")


def buttons(title: str, key: str, cells: int, make: Making) -> None:
    """Offer a table of so many cells as CSV, and as an Excel workbook unless it is too long for one.

    The table is made when it is asked for. The buttons stand side by side where there is room.
    """
    is_short = cells <= workbook.MOST_CELLS
    with st.container(horizontal=True, key=f"files_{key}", width="content", gap="small"):
        st.download_button(
            "Download as CSV",
            lambda: csv_of(make()),
            file_name(title, ending="csv"),
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"csv_{key}",
            help=None if is_short else "Too long to be written as a workbook; Excel opens this file too.",
        )
        if is_short:
            st.download_button(
                "Download as Excel",
                lambda: excel_of(make()),
                file_name(title, ending="xlsx"),
                workbook.MEDIA_TYPE,
                on_click="ignore",
                icon=":material/table_view:",
                key=f"xlsx_{key}",
            )


def table_buttons(table: Table, title: str, key: str, note: str) -> None:
    """Offer a table of values as files."""
    sheet = sheet_of(table, title, note)
    buttons(title, key, len(sheet.rows) * len(sheet.header), lambda: sheet)


def rows_buttons(rows: pa.Table, title: str, key: str, note: str) -> None:
    """Offer rows of the data as files."""
    buttons(title, key, rows.num_rows * rows.num_columns, lambda: sheet_of_rows(rows, title, note))


def excel_of(sheet: Sheet) -> bytes:
    """Return the sheet as an Excel workbook: title and choice on top, then the header and the rows."""
    return workbook.content(sheet.title, sheet.lines, sheet.header, sheet.rows, sheet.shares)


def file_name(*parts: str, ending: str) -> str:
    """Return a file name made of what is inside: `won-by-source_2026Q4.csv`."""
    return (
        "_".join(_NOT_IN_A_FILE_NAME.sub("-", part.lower()).strip("-") for part in parts if part)
        + f".{ending}"
    )


def safe_cell(value: object) -> object:
    """Return the value so that no spreadsheet takes it for a formula: such texts get a leading apostrophe."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(FORMULA) else value
        case date():
            return value.isoformat()
        case Money():
            return f"{value.amount:.2f}"
    return value


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from sheet.title.splitlines()
    yield from sheet.lines


def _parts(column: str, kind: Value) -> tuple[tuple[str, bool], ...]:
    """Return the columns that a column takes in the file, each with whether it holds shares."""
    match kind:
        case Rate():
            return tuple((f"{column}: {part}", part in SHARES) for part in RATE_PARTS)
        case Money():
            return ((f"{column}, {kind.currency}", False),)
        case _:
            return ((column, False),)


def _cells(value: Value, kind: Value) -> tuple[object, ...]:
    if isinstance(kind, Rate):
        if not isinstance(value, Rate):
            return (None,) * len(RATE_PARTS)
        return value.numerator, value.denominator, value.value, value.low, value.high
    return (value,)
