"""A file at a glance: its columns, a few of their values, and the mapping that their names suggest."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from alignment.domain.contract import TABLES
from alignment.domain.mapping import Assignment, TableMapping, likely_table, suggest
from alignment.domain.reading import AS_FOUND, Reading
from alignment.errors import UnknownTermError
from alignment.store.intake.by_content import Content, suggest_by_content
from alignment.store.intake.dialect import dialect_of, head_records
from alignment.store.intake.excel import open_sheet
from alignment.store.intake.headers import Headers
from alignment.store.intake.json_file import is_json, stage_json
from alignment.store.intake.mended import own_columns
from alignment.store.intake.packed import ZIP, Named
from alignment.store.intake.parquet import head_of_parquet
from alignment.store.intake.reading import PARQUET, files_in, opened, readable_head
from alignment.store.intake.staged import cells_of
from alignment.store.intake.workbench import Workbench

_ROWS = 1000
_SAMPLES = 40  # enough for the words of a pipeline's stages
_LONGEST = 400


@dataclass(frozen=True)
class PreviewColumn:
    """A column of the file and its first few different values, as they are written."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a person sees before a load: the file's columns, and how they would be read as which table.

    `reading` says how it was opened: the sheet and the header's row; `sheets` are those with rows. `contents`
    are its columns' values in the first rows, by name: what they tell, a person has to confirm.
    """

    file: str
    columns: tuple[PreviewColumn, ...]
    mapping: TableMapping
    reading: Reading = AS_FOUND
    sheets: tuple[str, ...] = ()
    contents: Mapping[str, Content] = field(default_factory=dict)

    def by_content(self, mapping: TableMapping) -> tuple[Assignment, ...]:
        """Return what the values tell of the columns that a mapping leaves free."""
        return suggest_by_content(mapping, self.contents)

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the column names of the file."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class _Head:
    """The first rows of a file, its names, and how it was opened."""

    headers: Headers
    rows: list[list[str]]
    reading: Reading = AS_FOUND
    sheets: tuple[str, ...] = ()


def preview(file: Path, table: str | None = None, reading: Reading = AS_FOUND) -> Preview:
    """Look at a file's first thousand rows; without a table's name, the likeliest one is suggested.

    Of several files in a folder or a packed file, the first is looked at. Raises UnreadableFileError when the
    file is none that can be read, UnknownTermError for an unknown table.
    """
    if table is not None and table not in TABLES:
        raise UnknownTermError(f"“{table}” is no table. The tables are {', '.join(TABLES)}.")
    with TemporaryDirectory(prefix="accord-") as folder:
        first = opened(files_in(file)[0], Path(folder) / "unpacked")[0]
        head = _head(first, Path(folder) / "bench", reading)
    places = own_columns(head.headers.names)
    names = tuple(head.headers.names[place] for place in places)
    contents = {name: _content(head.rows, place) for name, place in zip(names, places, strict=True)}
    columns = tuple(PreviewColumn(name, tuple(content.counts)) for name, content in contents.items())
    suggested = suggest(TABLES[table] if table else likely_table(names), names)
    return Preview(file.name, columns, suggested, head.reading, head.sheets, contents)


def _head(found: Named, folder: Path, reading: Reading) -> _Head:
    head = readable_head(found)
    if head.startswith(ZIP):
        with open_sheet(found.path, found.file, reading) as sheet:
            rows = [cells for _number, _problem, _spilt, cells in islice(sheet.rows, _ROWS)]
            said = Reading(sheet.name, sheet.header.row)
            return _Head(sheet.header.headers, rows, said, sheet.names)
    if head.startswith(PARQUET) or is_json(head):
        folder.mkdir()
        with Workbench(folder, (found.path,)) as bench:
            return _typed_head(bench, found, is_parquet=head.startswith(PARQUET))
    dialect = dialect_of(found.path, found.file, reading)
    records = head_records(found.path, found.file, dialect.encoding, dialect.delimiter, _ROWS)
    rows = [record for record in records[dialect.header.row :] if any(record)]
    return _Head(dialect.headers, rows, Reading(header=dialect.header.row))


def _typed_head(bench: Workbench, found: Named, *, is_parquet: bool) -> _Head:
    if is_parquet:
        return _Head(*head_of_parquet(bench, found.path, found.file, _ROWS))
    staged = stage_json(bench, found.path, found.file, "head")
    rows = bench.run(f"select {', '.join(cells_of(staged.headers))} from {staged.relation} limit {_ROWS}")
    return _Head(staged.headers, [[cell or "" for cell in row] for row in rows])


def _content(rows: list[list[str]], place: int) -> Content:
    values = [row[place].strip() for row in rows if place < len(row)]
    counts = Counter(value[:_LONGEST] for value in values if value)
    return Content(len(rows), counts.total(), len(counts), dict(islice(counts.items(), _SAMPLES)))
