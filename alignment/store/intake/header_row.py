"""Which row holds the columns' names: found by evidence, said by a person, or asked; never guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from alignment.domain.contract import TABLES
from alignment.domain.known_names import folded, known_names
from alignment.domain.reading import NO_HEADER, Reading
from alignment.errors import HeaderQuestionError, UnreadableFileError
from alignment.store.intake.headers import Headers

FEW_NAMES = 2
"""So many names that we know make a row a header, whatever else stands in it."""

_VALUE = re.compile(
    r"[-+]?[$€£₹¥]?\s?\d[\d.,' ]*%?"  # a number or an amount
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?"  # a day
    r"|\S+@\S+\.\S+|https?://\S+"
)
_LONGEST_SHOWN = 40


@dataclass(frozen=True)
class HeaderRow:
    """The header's row number (NO_HEADER for none), its names as written, and the names as we use them."""

    row: int
    written: tuple[str, ...]
    headers: Headers
    has_titles: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """Say which rows stand above the header, if any does."""
        above = self.row - 1
        if not self.has_titles:
            return ()
        return (f"{'row 1 stands' if above == 1 else f'rows 1 to {above} stand'} above the header, not read",)


def header_row(file: str, records: Sequence[Sequence[str]], reading: Reading) -> HeaderRow:
    """Return the header of a file that begins with these records, blank ones included.

    Raises UnreadableFileError where there is no such row, HeaderQuestionError where the row that
    should be the header looks like data.
    """
    if reading.header == NO_HEADER:
        width = max((len(record) for record in records), default=0)
        return HeaderRow(NO_HEADER, (), Headers.numbered(file, width))
    if reading.header is not None:
        place = reading.header - 1
        if place >= len(records) or not filled(records[place]):
            raise UnreadableFileError(f"{file} has no names in row {reading.header}. Say another row.")
    else:
        place = _found(records)
        if looks_like_data(records[place]):
            raise HeaderQuestionError(_question(file, place + 1, records[place]))
    written = tuple(cell.strip() for cell in records[place])
    has_titles = any(map(filled, records[:place]))
    return HeaderRow(place + 1, written, Headers.of(file, list(written)), has_titles)


def filled(record: Sequence[str]) -> list[str]:
    """Return the cells that hold anything."""
    return [cell.strip() for cell in record if cell.strip()]


def looks_like_data(record: Sequence[str]) -> bool:
    """Tell whether a row holds numbers, days or addresses, and hardly any name that we know."""
    return known(record) < FEW_NAMES and any(_VALUE.fullmatch(cell) for cell in filled(record))


def known(record: Sequence[str]) -> int:
    """Count the cells that are a name which some CRM gives to a column of ours."""
    return sum(folded(cell) in _known_names() for cell in filled(record))


def _found(records: Sequence[Sequence[str]]) -> int:
    """Return the first row with a cell; titles above a wider row of names are passed over."""
    widths = [len(filled(record)) for record in records]
    first = next(place for place, width in enumerate(widths) if width)
    for place in range(first + 1, len(records)):
        if 2 * widths[place] > max(widths) and not looks_like_data(records[place]):
            return place if _are_titles(records[first:place], records[place]) else first
    return first


def _are_titles(above: Sequence[Sequence[str]], names: Sequence[str]) -> bool:
    """Tell whether rows are narrower than the names below; rows of data may be, so we must know these."""
    if any(len(filled(record)) >= len(filled(names)) or known(record) >= FEW_NAMES for record in above):
        return False
    return known(names) >= FEW_NAMES or not any(map(looks_like_data, above))


def _question(file: str, row: int, record: Sequence[str]) -> str:
    shown = ", ".join(f"“{cell[:_LONGEST_SHOWN]}”" for cell in filled(record)[:3])
    return (
        f"{file}, row {row} looks like data, not like names of columns ({shown}). If the file has no header, "
        f"say --header none; if this is the header, say --header {row}."
    )


@cache
def _known_names() -> frozenset[str]:
    return frozenset(
        folded(name.name) for table in TABLES.values() for name in known_names(table.name, table.column_names)
    )
