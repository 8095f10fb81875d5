"""Excel workbooks that leave the app: numbers and days stay what they are, and a text is never a formula."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from alignment.domain.money import Money
from alignment.store.row_file import FORMULA

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CELLS = 150_000
"""A workbook is written cell by cell, some 20,000 a second: longer tables are a matter for CSV."""
NO_PLAIN_TEXT = (*FORMULA, "#")
"""How a text begins that Excel would take for something else."""
LONGEST_TEXT, LONGEST_NAME = 32_767, 31
FIRST_YEAR, MOST_EXACT = 1900, 10**15
"""What Excel counts days from, and from where on it rounds whole numbers: what lies beyond is a text."""
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""How Excel writes a letter by its number: a text that only looks so is to be read as it is."""
NOT_IN_A_NAME = {ord(sign): " " for sign in "[]:*?/\\'"}
RESERVED = {"", "history"}
NARROWEST, WIDEST, LOOKED_AT = 8, 60, 200
"""Widths of columns in letters, and how many rows are looked at to choose them."""
SHARE, AMOUNT, DAY, MOMENT = "0.0%", "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


def content(
    title: str,
    lines: Sequence[str],
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    shares: Collection[int] = (),
) -> bytes:
    """Return a workbook of one sheet: the title, a line each of what was chosen, the header, the rows.

    `shares` are the places of columns that are shown as percentages. The header stays in sight and filters.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - takes long to import, and few people ask for one
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - the same

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_name(title))
    cells = _Cells(sheet)
    above = [*title.splitlines(), *lines]
    for place, width in enumerate(_widths(header, rows, shares), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    top = len(above) + 1
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(max(len(header), 1))}{top + len(rows)}"
    for number, line in enumerate(above):
        sheet.append([cells.of(line) if number else cells.bold(line)])
    sheet.append([cells.bold(name) for name in header])
    for row in rows:
        sheet.append([cells.of(value, is_share=place in shares) for place, value in enumerate(row)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


class _Cells:
    """What makes the cells of one sheet."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - openpyxl's write-only sheets have no public type
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
        from openpyxl.styles import Font  # noqa: PLC0415 - as above

        self._sheet = sheet
        self._cell = WriteOnlyCell
        self._heavy = Font(bold=True)

    def of(self, value: object, *, is_share: bool = False) -> object:
        """Return what stands in a cell for the value: it stays what it is, and a text stays a text."""
        match value:
            case float() if is_share:
                return self._in(value, SHARE)
            case Money():
                return self._in(value.amount, AMOUNT)
            case datetime() if _is_counted(value):
                return self._in(value, MOMENT)
            case date() if _is_counted(value):
                return self._in(datetime.combine(value, time()), DAY)
            case date():
                return self._text(value.isoformat())
            case None | bool() | float():
                return value
            case int() if abs(value) < MOST_EXACT:
                return value
        return self._text(str(value))

    def bold(self, text: str) -> object:
        """Return a cell that holds a text in bold."""
        cell = self._told(text)
        cell.font = self._heavy
        return cell

    def _in(self, value: float | datetime, form: str) -> object:
        cell = self._cell(self._sheet, value)
        cell.number_format = form
        return cell

    def _text(self, text: str) -> object:
        return self._told(text) if text.startswith(NO_PLAIN_TEXT) else _held(text)

    def _told(self, text: str) -> Any:  # noqa: ANN401 - as above
        """Return a cell that is told to be a text, also once somebody edits it."""
        cell = self._cell(self._sheet, _held(text))
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell


def _is_counted(value: date) -> bool:
    """Tell whether Excel knows the day: none before its first year, and no time zone."""
    return value.year >= FIRST_YEAR and not (isinstance(value, datetime) and value.tzinfo)


def _held(text: str) -> str:
    """Return a text as a cell can hold it: without what none may contain, and no longer than one is."""
    whole = ESCAPED.sub("_x005F_", NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))
    return whole if len(whole) <= LONGEST_TEXT else whole[: LONGEST_TEXT - 1] + "…"


def _name(title: str) -> str:
    """Return the title as the name of a sheet."""
    first = next(iter(title.splitlines()), "").translate(NOT_IN_A_NAME)
    name = NO_XML.sub(" ", first)[:LONGEST_NAME].strip()
    return name if name.lower() not in RESERVED else "Accord"


def _widths(
    header: Sequence[str], rows: Sequence[Sequence[object]], shares: Collection[int]
) -> Iterator[int]:
    """Return how wide each column is to be, in letters."""
    for place, name in enumerate(header):
        shown = (_shown(row[place], is_share=place in shares) for row in rows[:LOOKED_AT])
        yield min(max([NARROWEST, len(name) + 4, *map(len, shown)]), WIDEST)


def _shown(value: object, *, is_share: bool) -> str:
    """Return a value about as Excel shows it."""
    match value:
        case None:
            return ""
        case float() if is_share:
            return f"{value:.1%}"
        case Money():
            return f"{value.amount:,.2f}"
        case float():
            return f"{value:.10g}"
    return str(value)
