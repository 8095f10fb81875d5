"""Tables that leave the app: formula-safe CSV that says inside what was chosen and up to when."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO

import pyarrow as pa

from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.ui.table import Table, Value

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet run a cell instead of showing it."""
_NOT_IN_A_FILE_NAME = re.compile(r"[^\w.]+")


def csv_of(table: Table, title: str, note: str) -> bytes:
    """Return the table as CSV: first title and choice as `#` lines, then one header and the rows.

    A rate becomes five columns (numerator, denominator, rate, low, high; as shares), money its amount.
    """
    kinds = [
        next((row[place] for row in table.rows if row[place] is not None), None)
        for place in range(len(table.columns))
    ]
    header = [
        name for column, kind in zip(table.columns, kinds, strict=True) for name in _names(column, kind)
    ]
    rows = (
        [cell for value, kind in zip(row, kinds, strict=True) for cell in _cells(value, kind)]
        for row in table.rows
    )
    return _written(header, rows, title, note)


def csv_of_rows(rows: pa.Table, title: str, note: str) -> bytes:
    """Return rows of the data as CSV, with the same lines on top."""
    return _written(rows.column_names, (list(row.values()) for row in rows.to_pylist()), title, note)


def file_name(*parts: str, ending: str) -> str:
    """Return a file name made of what is inside: `won-by-source_2026Q4.csv`."""
    return (
        "_".join(_NOT_IN_A_FILE_NAME.sub("-", part.lower()).strip("-") for part in parts if part)
        + f".{ending}"
    )


def safe_cell(value: object) -> object:
    """Return the value so that no spreadsheet takes it for a formula: such texts get a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return value.isoformat() if isinstance(value, date) else value


def _written(header: Sequence[str], rows: Iterable[Sequence[object]], title: str, note: str) -> bytes:
    page = StringIO(newline="")
    sheet = csv.writer(page)
    sheet.writerows([f"# {line}"] for line in _lines(title, note))  # one cell a line, whatever commas it has
    sheet.writerow([safe_cell(name) for name in header])
    sheet.writerows([safe_cell(value) for value in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")


def _lines(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from text.splitlines()


def _names(column: str, kind: Value) -> tuple[str, ...]:
    match kind:
        case Rate():
            return tuple(f"{column}: {part}" for part in ("numerator", "denominator", "rate", "low", "high"))
        case Money():
            return (f"{column}, {kind.currency}",)
        case _:
            return (column,)


def _cells(value: Value, kind: Value) -> tuple[object, ...]:
    if isinstance(kind, Rate):
        if not isinstance(value, Rate):
            return (None,) * 5
        return value.numerator, value.denominator, value.value, value.low, value.high
    return (f"{value.amount:.2f}" if isinstance(value, Money) else value,)
