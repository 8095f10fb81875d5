"""Excel workbooks (.xlsx) into text cells, by way of openpyxl, which takes long to import."""

import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from alignment.domain.reading import Reading
from alignment.errors import SheetQuestionError, UnreadableFileError
from alignment.store.intake.csv_file import stage_rows
from alignment.store.intake.header_row import FEW_NAMES, HeaderRow, filled, header_row, known
from alignment.store.intake.headers import MAX_COLUMNS
from alignment.store.intake.packed import entries_of
from alignment.store.intake.second_header import refuse_second_header
from alignment.store.intake.serials import read_serials
from alignment.store.intake.sheet_layout import refuse_merged_header, refuse_side_by_side, refuse_uncalculated
from alignment.store.intake.staged import Row, Staged, width_problem
from alignment.store.intake.workbench import Workbench

_LARGEST_BYTES = 2 << 30
_LARGEST_RATIO = 200  # sheets of repeating text pack well, yet not that well
_HEAD_ROWS = 200
_MOST_EXACT = 10**15


@dataclass(frozen=True)
class Sheet:
    """A sheet that is being read: its name, its header, its rows, and the names of all sheets with rows."""

    name: str
    header: HeaderRow
    rows: Iterator[Row]
    names: tuple[str, ...]
    first_day: datetime

    @property
    def note(self) -> str:
        """Say which sheet is read where there are several."""
        others = [name for name in self.names if name != self.name]
        listed = ", ".join(f"“{name}”" for name in others)
        return f"sheet “{self.name}” was read, not {listed}" if others else ""


def stage_excel(bench: Workbench, path: Path, file: str, name: str, reading: Reading) -> Staged:
    """Stage a sheet; raise UnreadableFileError when there is none that can be read as one table."""
    with open_sheet(path, file, reading) as sheet:
        staged = stage_rows(bench, file, name, sheet.header, sheet.rows)
        notes = read_serials(bench, name, staged.headers, sheet.first_day)
    (part,) = staged.parts
    said = (sheet.note, *part.notes, *notes)
    return replace(staged, parts=(replace(part, notes=tuple(note for note in said if note)),))


@contextmanager
def open_sheet(path: Path, file: str, reading: Reading) -> Generator[Sheet]:
    """Open the sheet that was named, else the first with rows, those that are shown before hidden ones.

    Raises UnreadableFileError where another sheet is likelier, and where one holds more than one table.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - most files are none

    _refuse_bomb(path, file)
    with path.open("rb") as opened:
        try:
            book = load_workbook(opened, read_only=True, data_only=True)
        except Exception as error:  # noqa: BLE001 - openpyxl fails in as many ways as a file can be damaged
            raise UnreadableFileError(f"{file} is no readable Excel workbook: {error}.") from None
        with closing(book):
            shown_first = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
            yield _opened(path, file, shown_first, reading, book.epoch)


def _opened(path: Path, file: str, sheets: list[Any], reading: Reading, first_day: datetime) -> Sheet:
    heads = {sheet.title: head for sheet in sheets if any(map(filled, head := _head(sheet, file)))}
    if not heads:
        raise UnreadableFileError(f"{file} has no sheet with a header. Export it again with its rows.")
    name = _named(file, heads, reading.sheet) if reading.sheet else _likeliest(file, heads)
    sheet = next(sheet for sheet in sheets if sheet.title == name)
    where = f"{file}, sheet “{name}”" if len(heads) > 1 else file
    header = _header(where, heads[name], reading)
    refuse_side_by_side(where, heads[name], header)
    refuse_merged_header(path, sheet, where, header)
    refuse_uncalculated(path, sheet, where)
    rows = refuse_second_header(where, _data(sheet, where, header), header)
    return Sheet(name, header, rows, tuple(heads), first_day)


def _head(sheet: Any, where: str) -> list[list[str]]:  # noqa: ANN401 - openpyxl's read-only sheets have no public type
    sheet.reset_dimensions()
    return [_texts(cells) for cells in islice(_whole_rows(sheet, where), _HEAD_ROWS)]


def _rows(sheet: Any) -> Iterable[tuple[Any, ...]]:  # noqa: ANN401 - the same
    return sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)


def _whole_rows(sheet: Any, where: str) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - the same
    try:
        yield from _rows(sheet)
    except (ParseError, BadZipFile, zlib.error, EOFError):
        raise UnreadableFileError(
            f"{where} is damaged: its rows can't be read to their end. Save it again."
        ) from None


def _named(file: str, heads: dict[str, list[list[str]]], wanted: str) -> str:
    for name in heads:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    listed = ", ".join(f"“{name}”" for name in heads)
    raise SheetQuestionError(f"{file} has no sheet “{wanted}” with rows. It has {listed}.")


def _likeliest(file: str, heads: dict[str, list[list[str]]]) -> str:
    """Return the first sheet; ask where names that we know stand on others alone."""
    first, *others = heads
    telling = [name for name in others if max(map(known, heads[name])) >= FEW_NAMES]
    if telling and max(map(known, heads[first])) < FEW_NAMES:
        listed = ", ".join(f"“{name}”" for name in heads)
        raise SheetQuestionError(
            f"{file} has the sheets {listed}. Say which one with --sheet “{telling[0]}”."
        )
    return first


def _header(where: str, head: list[list[str]], reading: Reading) -> HeaderRow:
    trimmed = [_trimmed(cells) for cells in head]
    return header_row(where, trimmed, reading)


def _data(sheet: Any, where: str, header: HeaderRow) -> Iterator[Row]:  # noqa: ANN401 - the same
    width = len(header.headers.names)
    for number, cells in enumerate(_whole_rows(sheet, where), 1):
        if number > header.row and any(cell is not None and cell != "" for cell in cells):
            yield _fitted(number, _texts(cells), width)


def _fitted(number: int, texts: list[str], width: int) -> Row:
    if any(texts[width:]):
        return number, width_problem(len(_trimmed(texts)), width), "; ".join(texts), [""] * width
    return number, "", "", (texts + [""] * width)[:width]


def _refuse_bomb(path: Path, file: str) -> None:
    unpacked = sum(entry.file_size for entry in entries_of(path, file))
    if unpacked > _LARGEST_BYTES or unpacked > _LARGEST_RATIO * max(path.stat().st_size, 1 << 20):
        raise UnreadableFileError(
            f"{file} unpacks to {unpacked >> 20:,} MB, too much for a sheet. Save it as CSV."
        )


def _trimmed(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _texts(cells: Iterable[object]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """Return a cell's value as a text that the later steps read in one way only."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if abs(cell) >= _MOST_EXACT:
            return f"{cell:.14E}"  # as a spreadsheet shows it: the digits after the fifteenth are lost
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)
