"""Excel workbooks that leave the app: numbers and days stay what they are, and a text is never a formula."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from alignment.domain.money import Money

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CELLS = 150_000
"""A workbook is written cell by cell, some 20,000 a second: longer tables are a matter for CSV."""
NO_PLAIN_TEXT = ("=", "+", "-", "@", "#", "\t", "\r", "\n")
"""How a text begins that Excel would take for something else."""
LONGEST_TEXT, LONGEST_NAME = 32_767, 31
NOT_IN_A_NAME = {ord(sign): " " for sign in "[]:*?/\\'"}
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
    for place, width in enumerate(_widths(header, rows), start=1):
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
            case str():
                return self._text(value)
            case float() if is_share:
                return self._in(value, SHARE)
            case None | bool() | int() | float():
                return value
            case Money():
                return self._in(value.amount, AMOUNT)
            case datetime():
                return self._in(value.replace(tzinfo=None), MOMENT)
            case date():
                return self._in(datetime.combine(value, time()), DAY)
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


def _held(text: str) -> str:
    """Return a text as a cell can hold it: without what none may contain, and no longer than one is."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - as above

    return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_TEXT]


def _name(title: str) -> str:
    """Return the title as the name of a sheet."""
    first = next(iter(title.splitlines()), "")
    return _held(first.translate(NOT_IN_A_NAME)).strip()[:LONGEST_NAME] or "Accord"


def _widths(header: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[int]:
    """Return how wide each column is to be, in letters."""
    for place, name in enumerate(header):
        texts = [str(row[place]) for row in rows[:LOOKED_AT] if row[place] is not None]
        yield min(max([NARROWEST, len(name) + 4, *map(len, texts)]), WIDEST)
