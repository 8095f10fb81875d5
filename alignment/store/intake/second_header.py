"""One table to a file: another one below the first is refused, never read as its rows."""

import re
from collections.abc import Iterable, Iterator, Sequence

from alignment.errors import UnreadableFileError
from alignment.store.intake.header_row import FEW_NAMES, HeaderRow, filled, known
from alignment.store.intake.staged import Row

_SEPARATORS = re.compile(r"[,;\t|]")


def refuse_second_header(where: str, rows: Iterable[Row], header: HeaderRow) -> Iterator[Row]:
    """Yield the rows; raise UnreadableFileError where other columns' names follow blank rows."""
    before = header.row
    for row in rows:
        number, wrong, spilt, cells = row
        cells = _SEPARATORS.split(spilt) if wrong else cells
        if number > before + 1 and before > header.row and _is_header(cells, header):
            named = ", ".join(f"“{cell}”" for cell in filled(cells)[:3])
            raise UnreadableFileError(
                f"{where}, row {number}: a second table begins here ({named}). "
                "Put each table in a file or on a sheet of its own."
            )
        before = number
        yield row


def _is_header(cells: Sequence[str], header: HeaderRow) -> bool:
    there = filled(cells)
    is_repeat = there == filled(header.written)
    return not is_repeat and known(cells) >= max(FEW_NAMES, len(there) / 2)
