"""Excel workbooks (.xlsx) into text cells, by way of openpyxl."""

import zipfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from alignment.errors import UnreadableFileError
from alignment.store.intake.csv_file import Row, stage_rows
from alignment.store.intake.headers import MAX_COLUMNS, Headers
from alignment.store.intake.staged import Staged
from alignment.store.intake.workbench import Workbench

_LARGEST_BYTES = 2 << 30
_LARGEST_RATIO = 200  # sheets of repeating text pack well, yet not that well


def stage_excel(bench: Workbench, path: Path, name: str) -> Staged:
    """Stage the first sheet that has rows; raise UnreadableFileError when there is none."""
    with first_sheet(path) as (headers, rows):
        return stage_rows(bench, path.name, name, headers, rows)


@contextmanager
def first_sheet(path: Path) -> Generator[tuple[Headers, Iterator[Row]]]:
    """Open the header and rows of the first sheet that holds any; a blank row is no row."""
    _refuse_bomb(path)
    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # noqa: BLE001 - openpyxl fails in as many ways as a file can be damaged
            raise UnreadableFileError(f"{path.name} is no readable Excel workbook: {error}.") from None
        with closing(book):
            yield _headed(path.name, book.worksheets)


def _headed(file: str, sheets: list[Any]) -> tuple[Headers, Iterator[Row]]:
    for sheet in sheets:
        sheet.reset_dimensions()
        numbered = _filled(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1))
        if header := next(numbered, None):
            headers = Headers.of(file, _trimmed([_text(cell) for cell in header[1]]))
            return headers, (_fitted(number, cells, len(headers.names)) for number, cells in numbered)
    raise UnreadableFileError(f"{file} has no sheet with a header. Export it again with its rows.")


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError):
        raise UnreadableFileError(f"{path.name} is damaged. Save it again as .xlsx.") from None
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise UnreadableFileError(f"{path.name} is a packed file, not an Excel workbook; unpack it first.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _LARGEST_BYTES or unpacked > _LARGEST_RATIO * max(path.stat().st_size, 1 << 20):
        raise UnreadableFileError(
            f"{path.name} unpacks to {unpacked >> 20:,} MB, too much for a sheet. Save it as CSV."
        )


def _filled(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for number, cells in enumerate(rows, 1):
        if any(cell is not None and cell != "" for cell in cells):
            yield number, cells


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _fitted(number: int, cells: tuple[Any, ...], width: int) -> Row:
    texts = [_text(cell) for cell in cells]
    if any(texts[width:]):
        values = len(_trimmed(texts))
        return (
            number,
            f"it has {values:,} values where the header has {width:,}",
            "; ".join(texts),
            [""] * width,
        )
    return number, "", "", (texts + [""] * width)[:width]


def _text(cell: object) -> str:
    """Return a cell's value as a text that the later steps read in one way only."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)
