"""A file at a glance: its columns, a few of their values, and the mapping that their names suggest."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from alignment.domain.contract import TABLES
from alignment.domain.mapping import TableMapping, likely_table, suggest
from alignment.errors import UnknownTermError
from alignment.store.intake.dialect import dialect_of, head_records
from alignment.store.intake.excel import first_sheet
from alignment.store.intake.headers import Headers
from alignment.store.intake.parquet import head_of_parquet
from alignment.store.intake.reading import readable_head
from alignment.store.intake.workbench import Workbench

_ROWS = 1000
_SAMPLES = 5


@dataclass(frozen=True)
class PreviewColumn:
    """A column of the file and its first few different values, as they are written."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a person sees before a load: the file's columns, and how they would be read as which table."""

    file: str
    columns: tuple[PreviewColumn, ...]
    mapping: TableMapping

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the column names of the file."""
        return tuple(column.name for column in self.columns)


def preview(file: Path, table: str | None = None) -> Preview:
    """Look at a file's first thousand rows; without a table's name, the likeliest one is suggested.

    Raises UnreadableFileError when the file is none that can be read, UnknownTermError for an unknown table.
    """
    if table is not None and table not in TABLES:
        raise UnknownTermError(f"“{table}” is no table. The tables are {', '.join(TABLES)}.")
    headers, rows = _head(file)
    columns = tuple(PreviewColumn(name, _samples(rows, place)) for place, name in enumerate(headers.names))
    suggested = suggest(TABLES[table] if table else likely_table(headers.names), headers.names)
    return Preview(file.name, columns, suggested)


def _head(file: Path) -> tuple[Headers, list[list[str]]]:
    head = readable_head(file)
    if head.startswith(b"PAR1"):
        with TemporaryDirectory() as folder, Workbench(Path(folder), (file,)) as bench:
            return head_of_parquet(bench, file, _ROWS)
    if head.startswith(b"PK\x03\x04"):
        with first_sheet(file) as (headers, rows):
            return headers, [cells for _number, _problem, _spilt, cells in islice(rows, _ROWS)]
    dialect = dialect_of(file)
    records = [
        record for record in head_records(file, dialect.encoding, dialect.delimiter, _ROWS) if any(record)
    ]
    return dialect.headers, records[1:]


def _samples(rows: list[list[str]], place: int) -> tuple[str, ...]:
    values = (row[place].strip() for row in rows if place < len(row))
    return tuple(islice(dict.fromkeys(value for value in values if value), _SAMPLES))
