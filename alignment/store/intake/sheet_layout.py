"""One table to a sheet: tables side by side and headers of merged cells are refused, never guessed at."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from alignment.errors import UnreadableFileError
from alignment.store.intake.header_row import FEW_NAMES, HeaderRow, filled

_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_UNCALCULATED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_BLOCK_BYTES = 1 << 20
_EDGE_BYTES = 64
_FORMULA_BYTES = 1 << 14


def refuse_side_by_side(where: str, head: Sequence[Sequence[str]], header: HeaderRow) -> None:
    """Raise UnreadableFileError where columns without anything part the names into two tables."""
    from openpyxl.utils.cell import get_column_letter  # noqa: PLC0415 - most files are no workbooks

    names = header.written
    for place in range(1, len(names) - 1):
        left, right = filled(names[:place]), filled(names[place:])
        is_gap = not names[place] and not any(record[place].strip() for record in head if place < len(record))
        if is_gap and min(len(left), len(right)) >= FEW_NAMES:
            raise UnreadableFileError(
                f"{where} holds two tables side by side: column {get_column_letter(place + 1)} between "
                f"“{left[-1]}” and “{right[0]}” is empty. "
                "Put each on a sheet of its own, or delete the column."
            )


def refuse_merged_header(path: Path, sheet: Any, where: str, header: HeaderRow) -> None:  # noqa: ANN401
    """Raise UnreadableFileError where a name, or a group of names above them, spreads over several cells."""
    from openpyxl.utils.cell import coordinate_to_tuple  # noqa: PLC0415 - the same

    if not header.row:
        return
    above = []
    for merged in _merged(path, sheet):
        (top, left), (bottom, right) = map(coordinate_to_tuple, merged.split(":"))
        if top <= header.row <= bottom:
            raise UnreadableFileError(
                f"{where}: the header has merged cells ({merged}), so which name belongs to which "
                "column can't be told. Unmerge them, write each name in its own cell, and import again."
            )
        if bottom == header.row - 1 and right > left:
            above.append(merged)
    if len(above) > 1:
        raise UnreadableFileError(
            f"{where}: the header has two rows, the upper one with merged cells ({above[0]}, {above[1]}). "
            "Write each column's whole name in one cell and import again."
        )


def refuse_uncalculated(path: Path, sheet: Any, where: str) -> None:  # noqa: ANN401 - the same
    """Raise UnreadableFileError where cells hold formulas without their results: they would read as empty."""
    found: dict[bytes, None] = {}
    for block in _blocks(path, sheet, _FORMULA_BYTES):
        found |= {cell[1]: None for cell in _UNCALCULATED.finditer(block) if b't="str"' not in cell[0]}
    if found:
        first = next(iter(found)).decode()
        cells = "1 cell holds a formula" if len(found) == 1 else f"{len(found):,} cells hold formulas"
        raise UnreadableFileError(
            f"{where}: {cells} that no spreadsheet has calculated, the first is {first}, so the values are "
            "not in the file. Open it in a spreadsheet, save it, and import again."
        )


def _merged(path: Path, sheet: Any) -> list[str]:  # noqa: ANN401 - openpyxl's read-only sheets have no type
    """Return the merged areas of a sheet; openpyxl knows them only where it reads every cell into memory."""
    found = {
        match.decode() for block in _blocks(path, sheet, _EDGE_BYTES) for match in _MERGED.findall(block)
    }
    return sorted(found)


def _blocks(path: Path, sheet: Any, edge: int) -> Iterator[bytes]:  # noqa: ANN401 - the same
    """Yield the text of a sheet in blocks, each with the end of the one before it."""
    before = b""
    with zipfile.ZipFile(path) as packed, packed.open(sheet._worksheet_path) as text:  # noqa: SLF001
        while block := text.read(_BLOCK_BYTES):
            yield before + block
            before = block[-edge:]
